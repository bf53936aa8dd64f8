using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>What a profile says of all of its points: how the device is spoken to.</summary>
/// <param name="Protocol">Null: written wrong.</param>
/// <param name="FirstAddress">What it calls the first register: 0 or 1.</param>
/// <param name="Edition">Of a DL/T 645 meter; null: another device, or written wrong.</param>
internal readonly record struct DeviceSpeech(DeviceProtocol? Protocol, int FirstAddress, DltEdition? Edition)
{
    /// <summary>How a point is to be read; where the device does not say it rightly, as what the point looks like.</summary>
    public DeviceProtocol Of(FieldReader point)
    {
        if (Protocol is { } protocol)
            return protocol;
        if (point.Has("path"))
            return DeviceProtocol.MqttJson;
        return point.Has("identifier") ? DeviceProtocol.Dlt645 : DeviceProtocol.Modbus;
    }
}
