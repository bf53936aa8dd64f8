namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>How one point of a meter differs from the usual. What is null is as usual at its place.</summary>
public sealed record PointOptions
{
    /// <summary>Accuracy class, as <see cref="Meters.Errors.AccuracyClass.Parse"/> reads it.</summary>
    public string? Class { get; init; }

    /// <summary>How far it is off, as a share, and by nothing else; null: drawn within its class.</summary>
    public double? Gain { get; init; }

    /// <summary>What it takes for less than this is shown and counted as 0, in its unit.</summary>
    public double? CutOff { get; init; }

    /// <summary>What a register holds when it is fitted, in its unit.</summary>
    public decimal? Initial { get; init; }
}
