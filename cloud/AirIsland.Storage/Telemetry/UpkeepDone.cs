namespace AirIsland.Storage.Telemetry;

/// <summary>
/// What a round of upkeep did: hours of stations written as blocks, months whose levels expired, the samples that are now minutes only, and
/// points of doubted clocks that are gone.
/// </summary>
public readonly record struct UpkeepDone(int HoursSealed, int MonthsExpired = 0, long SamplesExpired = 0, long HeldExpired = 0);
