namespace AirIsland.Edge.Metering;

/// <summary>One device of the site.</summary>
public sealed record DeviceOptions
{
    /// <summary>Name of the device in logs, scan groups and sources: <c>[a-z0-9-]{1,32}</c>, unique.</summary>
    public string Id { get; init; } = "";

    /// <summary>The asset its tags belong to: <c>[a-z0-9-]{1,32}</c>.</summary>
    public string Asset { get; init; } = "";

    /// <summary>Name of the device profile, without <c>.json</c>.</summary>
    public string Profile { get; init; } = "";

    /// <summary>Id of one of the site's endpoints, or <c>host:port</c>. Devices behind one gateway name the same one.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Modbus unit, 0 to 255.</summary>
    public int Unit { get; init; } = 1;

    /// <summary>DL/T 645: the twelve digits on the meter's plate.</summary>
    public string? Address { get; init; }

    /// <summary>Transformer ratio PT × CT, greater than 0.</summary>
    public decimal Ratio { get; init; } = 1;

    /// <summary>
    /// MQTT: base topic; levels come on <c>…/level</c>, registers on <c>…/register</c>, unless the profile names other last parts.
    /// Sparkplug: <c>GROUP/NODE[/DEVICE]</c>.
    /// </summary>
    public string? Topic { get; init; }

    /// <summary>Serial number on the meter's plate. Another one starts a new series.</summary>
    public string? Serial { get; init; }

    /// <summary>Accuracy class as printed on the meter.</summary>
    public string? Class { get; init; }
}
