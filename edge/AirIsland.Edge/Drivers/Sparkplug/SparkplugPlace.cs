using AirIsland.Fieldbus.Sparkplug;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// Where a device of the site is: <c>GROUP/NODE</c> for an edge node itself, <c>GROUP/NODE/DEVICE</c> for a device behind one.
/// </summary>
public sealed record SparkplugPlace(string Group, string Node, string? Device)
{
    /// <summary>Null when the text is no such place.</summary>
    public static SparkplugPlace? TryParse(string? text) =>
        text?.Split('/') is { Length: 2 or 3 } ids && ids.All(SparkplugTopic.IsId)
            ? new(ids[0], ids[1], ids.Length == 3 ? ids[2] : null)
            : null;

    /// <exception cref="FormatException">The text is no such place.</exception>
    public static SparkplugPlace Parse(string? text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is no GROUP/NODE and no GROUP/NODE/DEVICE");
}
