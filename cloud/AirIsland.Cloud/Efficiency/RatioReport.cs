using System.Collections.Immutable;
using AirIsland.Domain.Efficiency;
using AirIsland.Domain.Stations;

namespace AirIsland.Cloud.Efficiency;

/// <summary>A station's ratio over a period, and in each hour or day of it.</summary>
public sealed record RatioReport(Station Station, AirPowerRatio Total, ImmutableArray<AirPowerRatio> Buckets);
