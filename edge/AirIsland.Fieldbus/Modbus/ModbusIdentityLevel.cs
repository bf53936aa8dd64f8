namespace AirIsland.Fieldbus.Modbus;

/// <summary>How much of its identification a device is asked for.</summary>
public enum ModbusIdentityLevel
{
    /// <summary>Vendor, product code, revision.</summary>
    Basic = 1,

    /// <summary>Also the vendor's address, product, model and application names.</summary>
    Regular = 2,

    /// <summary>Also what the vendor defined itself.</summary>
    Extended = 3,
}
