namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>How far a machine is from new. The default is as new.</summary>
public readonly record struct CompressorCondition
{
    /// <summary>Share of the flow lost to wear, 0 to 0.5.</summary>
    public double CapacityLoss { get; init; }

    /// <summary>Share of shaft power that wear adds while it compresses, 0 to 1.</summary>
    public double PowerGain { get; init; }

    /// <summary>
    /// Pressure lost in a clogged intake filter at rated flow beyond a clean one, 0 to 30,000 Pa; falls with the square of the flow.
    /// </summary>
    public double IntakeFilterPa { get; init; }

    /// <summary>Share of the coolers' capacity lost to dirt, 0 to 1.</summary>
    public double CoolerLoss { get; init; }

    /// <summary>The blow-off valve of a centrifugal machine stays shut.</summary>
    public bool IsBlowOffStuck { get; init; }

    /// <summary>Null, or what no machine is.</summary>
    public string? Mistake =>
        CapacityLoss is not (>= 0 and <= 0.5) ? "a capacity loss is 0 to 0.5"
        : PowerGain is not (>= 0 and <= 1) ? "a power gain is 0 to 1"
        : IntakeFilterPa is not (>= 0 and <= 30_000) ? "an intake filter takes 0 to 30000 Pa"
        : CoolerLoss is not (>= 0 and <= 1) ? "a cooler loss is 0 to 1"
        : null;
}
