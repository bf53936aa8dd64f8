namespace AirIsland.Edge.Metering;

/// <summary>A scan group of a device: points read together, sharing their instants. <see cref="Id"/> is <c>device/name</c>.</summary>
public sealed record BoundGroup(string Id, string Name, TimeSpan Period, ScanContent Content, IReadOnlyList<BoundPoint> Points);
