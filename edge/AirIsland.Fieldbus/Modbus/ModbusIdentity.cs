namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// What a device says about itself (function 43/14): texts by object number. Source: Modbus application protocol V1.1b3, 6.21.
/// </summary>
public sealed record ModbusIdentity(IReadOnlyDictionary<byte, string> Objects)
{
    public string? Vendor => Of(0);

    public string? ProductCode => Of(1);

    public string? Revision => Of(2);

    public string? ProductName => Of(4);

    public string? ModelName => Of(5);

    private string? Of(byte number) => Objects.GetValueOrDefault(number);
}
