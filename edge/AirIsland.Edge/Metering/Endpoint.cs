using System.Globalization;

namespace AirIsland.Edge.Metering;

/// <summary>A <c>host:port</c>, where a device listens.</summary>
public readonly record struct Endpoint(string Host, int Port)
{
    public static bool TryParse(string? text, out Endpoint endpoint)
    {
        endpoint = default;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (text is null || colon < 1) return false;
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return false;
        if (port is < 1 or > 65535) return false;
        endpoint = new(text[..colon], port);
        return true;
    }

    /// <exception cref="FormatException">The text is no <c>host:port</c>.</exception>
    public static Endpoint Parse(string? text) =>
        TryParse(text, out var endpoint) ? endpoint : throw new FormatException($"'{text}' is no host:port");
}
