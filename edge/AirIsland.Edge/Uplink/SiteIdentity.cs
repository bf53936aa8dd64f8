namespace AirIsland.Edge.Uplink;

/// <summary>Who speaks, for which station, and to which cloud: one address or several of one cluster, tried in turn.</summary>
public sealed record SiteIdentity(string Edge, string Station, params IReadOnlyList<Uri> Clouds)
{
    /// <summary>The addresses in a setting, between blanks.</summary>
    /// <exception cref="UriFormatException">One is none.</exception>
    public static IReadOnlyList<Uri> Addresses(string setting) =>
        [.. (setting ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => new Uri(a))];
}
