namespace AirIsland.Edge.Uplink;

/// <summary>Who speaks, for which station, and to which cloud.</summary>
public sealed record SiteIdentity(string Edge, string Station, Uri Cloud);
