namespace AirIsland.Edge.Metering;

/// <summary>
/// What must happen when a scan is durable: <see cref="Key"/> is remembered with <see cref="SourceTime"/> (ms since 1970 UTC; null
/// leaves the memory as it is) and <see cref="Content"/> (a hash of what was said; 0: not known) in the same transaction, then
/// <see cref="Acknowledge"/> is called. It must not block or throw.
/// </summary>
public sealed record Receipt(string Key, long? SourceTime, Action Acknowledge, long Content = 0);
