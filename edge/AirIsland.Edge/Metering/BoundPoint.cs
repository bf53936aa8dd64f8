using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Metering;

/// <summary>A point, its transformer ratio applied, and the slot of the tag it feeds (see <see cref="TagRegistry"/>).</summary>
public sealed record BoundPoint(uint Tag, ProfilePoint Point);
