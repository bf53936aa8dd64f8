namespace AirIsland.Storage.Telemetry;

/// <summary>What a batch holds. Register batches are evidence: kept as received, for ever.</summary>
public enum BatchContent
{
    Levels = 1,
    Registers = 2,
}
