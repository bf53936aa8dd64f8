namespace AirIsland.Storage.Telemetry;

/// <summary>What a round of upkeep did: hours of stations written as blocks.</summary>
public readonly record struct UpkeepDone(int HoursSealed);
