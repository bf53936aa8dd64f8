namespace AirIsland.Edge.Metering;

/// <summary>How Modbus frames are put on a line. Other protocols have one framing of their own.</summary>
public enum LineFraming
{
    /// <summary>With transaction numbers: Modbus TCP.</summary>
    Tcp,

    /// <summary>With CRC and silences: RTU, on a wire or through a transparent gateway.</summary>
    Rtu,
}
