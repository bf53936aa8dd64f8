using System.Net;

namespace AirIsland.Edge.Metering;

/// <summary>
/// Where a line is: <c>host:port</c>, <c>serial:/dev/ttyS1</c>, or <c>dial-in:[IP:]PORT/NAME</c> for a gateway that dials in to us
/// (loopback without an IP; NAME tells gateways on one port apart).
/// </summary>
public abstract record LineAddress
{
    private const string SerialPrefix = "serial:", DialInPrefix = "dial-in:";

    private LineAddress()
    {
    }

    /// <summary>Null when the text is no address.</summary>
    public static LineAddress? TryParse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.StartsWith(SerialPrefix, StringComparison.Ordinal))
            return text.Length > SerialPrefix.Length ? new Serial(text[SerialPrefix.Length..]) : null;
        if (text.StartsWith(DialInPrefix, StringComparison.Ordinal)) return TryParseDialIn(text[DialInPrefix.Length..]);
        return Endpoint.TryParse(text, out var endpoint) ? new Tcp(endpoint.Host, endpoint.Port) : null;
    }

    private static DialIn? TryParseDialIn(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || slash == text.Length - 1) return null;
        var (place, name) = (text[..slash], text[(slash + 1)..]);
        if (!place.Contains(':', StringComparison.Ordinal)) place = $"127.0.0.1:{place}";
        return Endpoint.TryParse(place, out _) && IPEndPoint.TryParse(place, out var listen) ? new(listen, name) : null;
    }

    /// <summary>A device or gateway that listens.</summary>
    public sealed record Tcp(string Host, int Port) : LineAddress;

    /// <summary>A serial port of this machine.</summary>
    public sealed record Serial(string Port) : LineAddress;

    /// <summary>A gateway that dials in at <paramref name="Listen"/>.</summary>
    public sealed record DialIn(IPEndPoint Listen, string Name) : LineAddress;
}
