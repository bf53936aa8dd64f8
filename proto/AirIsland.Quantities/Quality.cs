namespace AirIsland.Quantities;

/// <summary>
/// How far a sample may be trusted, and why not further. The default is Good. A Bad sample has no value: a failure is never a number.
/// </summary>
public readonly record struct Quality(QualityLevel Level, QualityReason Reason)
{
    public static Quality Good => default;

    /// <summary>One byte on the wire and in the store: level in the low two bits, reason above.</summary>
    public byte Code => (byte)((int)Level | ((int)Reason << 2));

    public bool HasValue => Level != QualityLevel.Bad;

    /// <summary>The quality of a code. A reason that a newer edge knows and we do not is kept as its number.</summary>
    /// <exception cref="FormatException">The code names no level.</exception>
    public static Quality FromCode(uint code)
    {
        var quality = new Quality((QualityLevel)(code & 3), (QualityReason)(code >> 2));
        return Enum.IsDefined(quality.Level) && code <= byte.MaxValue ? quality : throw new FormatException($"{code} is no quality code");
    }

    public static Quality Bad(QualityReason reason) => new(QualityLevel.Bad, reason);

    public static Quality Uncertain(QualityReason reason) => new(QualityLevel.Uncertain, reason);

    /// <summary>The worse of two; of two equally bad ones the first.</summary>
    public Quality Worse(Quality other) => other.Level > Level ? other : this;

    public override string ToString() => Reason == QualityReason.None ? $"{Level}" : $"{Level}/{Reason}";
}
