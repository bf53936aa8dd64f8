namespace AirIsland.Benchmarks;

/// <summary>A limit that an issue set, and whether the figure meets it.</summary>
internal sealed record Bar(string Name, double Value, double Limit, bool Met)
{
    public static Bar AtLeast(string name, double value, double limit) => new(name, value, limit, value >= limit);

    public static Bar AtMost(string name, double value, double limit) => new(name, value, limit, value <= limit);
}
