namespace AirIsland.Benchmarks;

/// <summary>A limit that an issue set, and whether the figure meets it.</summary>
internal sealed record Bar(string Name, double Value, double Limit, bool Met);
