namespace AirIsland.Simulators.Devices.Meters.Errors;

/// <summary>What the data sheet of a meter says about one measured point. Values in the unit of the point.</summary>
public sealed record MeterSpec
{
    /// <summary>Accuracy class as <see cref="AccuracyClass.Parse"/> reads it, <c>1.5+0.3FS</c>. Default 0: perfect.</summary>
    public string Class { get; init; } = "0";

    /// <summary>Start of the range: lower values read as this one. Default 0.</summary>
    public double Low { get; init; }

    /// <summary>End of the range: higher values read as this one. For electricity meters the rated load. Default 1000.</summary>
    public double High { get; init; } = 1000;

    /// <summary>How much it shows above <see cref="High"/>, as a share of the range. Default 0.2: electricity goes to 1.2 In.</summary>
    public double OverRange { get; init; } = 0.2;

    /// <summary>What it takes for less than this is shown and counted as 0. Default 0: none.</summary>
    public double CutOff { get; init; }

    /// <summary>Last digit of the display; 0 for the 10⁻⁶ that no sensor has. Default 0.</summary>
    public decimal Resolution { get; init; }

    /// <summary>Time constant of its damping, s: 63 % of a step is shown after it. Default 0: at once.</summary>
    public double ResponseSeconds { get; init; }

    /// <summary>Standard deviation of a momentary reading, as a share of it. Default 0.</summary>
    public double NoiseShare { get; init; }

    /// <summary>Standard deviation of a momentary reading, in its unit. Default 0.</summary>
    public double Noise { get; init; }

    /// <summary>Most that the gain moves in a year of use, as a share. Default 0.</summary>
    public double DriftPerYear { get; init; }

    /// <summary>Whether it reads 0 when the plant stands still: flows, powers, currents do, pressures do not. Default true.</summary>
    public bool Flows { get; init; } = true;

    public double FullScale => High - Low;

    /// <summary>The greatest value that it shows.</summary>
    public double Ceiling => High + OverRange * FullScale;
}
