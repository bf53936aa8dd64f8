namespace AirIsland.Edge.Metering;

/// <summary>A tag that is computed from others of the station.</summary>
public sealed record CalculatedOptions
{
    /// <summary>The asset it belongs to: <c>[a-z0-9-]{1,32}</c>.</summary>
    public string Asset { get; init; } = "";

    /// <summary><c>[port/]Quantity</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it measures: air, water, electricity, heat or ambient.</summary>
    public string Medium { get; init; } = "";

    /// <summary>UCUM code of the result; nobody checks it against the formula.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The value of one count, greater than 0, at most 1000.</summary>
    public decimal Resolution { get; init; }

    /// <summary>Reference state of an air flow, e.g. <c>Standard20</c>.</summary>
    public string? State { get; init; }

    /// <summary>See <see cref="Formula"/>. It is computed with each reading of the tag that it names first.</summary>
    public string Expression { get; init; } = "";

    /// <summary>How old the other tags may be then, 0 to 1 hour; what is older makes the result Bad.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(10);
}
