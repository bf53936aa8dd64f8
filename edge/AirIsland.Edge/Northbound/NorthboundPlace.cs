using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Northbound;

/// <summary>Where the edge node stands: the directory it may write to, and the site it begins with.</summary>
public sealed record NorthboundPlace(string Directory, TagTable Site);
