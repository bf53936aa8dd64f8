using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Pipeline;

/// <summary>Scans of one content that go to the outbox together, in the order they were taken.</summary>
public sealed record ScanBatch(ScanContent Content, IReadOnlyList<Scan> Scans);
