using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Metering;

/// <summary>A point, its transformer ratio applied, and the number of the tag it feeds.</summary>
public sealed record BoundPoint(uint Tag, ProfilePoint Point);
