using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Northbound;

/// <summary>A reading and its instant (ms since 1970 UTC); a late one no longer says what is now.</summary>
internal readonly record struct Sample(long Instant, Reading Reading, bool IsLate = false);
