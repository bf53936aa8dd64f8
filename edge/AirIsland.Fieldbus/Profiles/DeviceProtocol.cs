namespace AirIsland.Fieldbus.Profiles;

/// <summary>How a device of a profile is spoken to.</summary>
public enum DeviceProtocol
{
    Modbus,
    MqttJson,
    Sparkplug,
    Dlt645,
}
