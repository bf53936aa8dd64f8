namespace AirIsland.Storage.Telemetry;

/// <summary>The identity of a batch for ever: edge, epoch (one outbox file), lane, number (from 1, by one).</summary>
public readonly record struct BatchKey(string Edge, ulong Epoch, BatchLane Lane, ulong Sequence);
