namespace AirIsland.Simulators.Replay;

/// <summary>One row, ready for the devices.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Instant">Its own, UTC.</param>
/// <param name="Values">Engineering values in the order of <see cref="ReplayPlan.Sources"/>; null: not measured.</param>
public sealed record ReplayRow(long Line, DateTimeOffset Instant, IReadOnlyList<decimal?> Values);
