namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// How a value may change, and which of its changes are worth a sample. Amounts are engineering values in the point's unit; null: no rule.
/// </summary>
public sealed record ChangeRules
{
    public static ChangeRules None { get; } = new();

    /// <summary>A level that has moved no further than this since its last sample gives none. Greater than 0.</summary>
    public decimal? Deadband { get; init; }

    /// <summary>The same as a share of the point's range, in percent, 0 to 100.</summary>
    public decimal? DeadbandPercent { get; init; }

    /// <summary>A level with a deadband gives a sample after this time at the latest: 1 s to 1 h; without a word 1 min.</summary>
    public TimeSpan? MaxInterval { get; init; }

    /// <summary>The fastest change that is possible, a second. Greater than 0.</summary>
    public decimal? MaxRate { get; init; }

    /// <summary>A level that shows one and the same value for this long is frozen: 1 s to 30 days.</summary>
    public TimeSpan? FrozenAfter { get; init; }

    internal ChangeRules WithRatio(decimal ratio) => this with { Deadband = Deadband * ratio, MaxRate = MaxRate * ratio };
}
