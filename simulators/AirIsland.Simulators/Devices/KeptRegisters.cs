namespace AirIsland.Simulators.Devices;

/// <summary>What the meters kept: the plant's instant, and every register by <c>device/point</c>, fractions included.</summary>
public sealed record KeptRegisters(DateTimeOffset Instant, Dictionary<string, decimal> Totals);
