namespace AirIsland.Edge.Metering;

/// <summary>
/// What a scan or batch holds: registers travel in their own batches, because they are kept for ever. Numbers as on the wire.
/// </summary>
public enum ScanContent
{
    Levels = 1,
    Registers = 2,
}
