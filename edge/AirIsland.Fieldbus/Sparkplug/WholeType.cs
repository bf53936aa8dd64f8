namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>A whole-number type: its bits (8 to 64), and whether negative numbers are in it.</summary>
internal readonly record struct WholeType(int Width, bool IsSigned)
{
    public decimal Minimum => IsSigned ? -(decimal)(1UL << (Width - 1)) : 0;

    public decimal Maximum => Width - (IsSigned ? 1 : 0) is var bits && bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;

    /// <summary>Null for a type that is no whole number.</summary>
    public static WholeType? Of(SparkplugDataType type) => type switch
    {
        SparkplugDataType.Int8 => new(8, true),
        SparkplugDataType.Int16 => new(16, true),
        SparkplugDataType.Int32 => new(32, true),
        SparkplugDataType.Int64 => new(64, true),
        SparkplugDataType.UInt8 => new(8, false),
        SparkplugDataType.UInt16 => new(16, false),
        SparkplugDataType.UInt32 => new(32, false),
        SparkplugDataType.UInt64 or SparkplugDataType.DateTime => new(64, false),
        _ => null,
    };

    /// <summary>
    /// The number behind the bits of an unsigned field of 32 or 64 bits; null when the type cannot hold it. Libraries disagree how a
    /// negative Int8 is written: as 8, 32 or 64 bits of two's complement. Each is taken, because only one of them can be in range.
    /// </summary>
    public decimal? Read(ulong bits, bool isLong)
    {
        if (!IsSigned) return Within(bits);
        if (Width == 64) return isLong || bits <= int.MaxValue ? (long)bits : null;
        if (isLong && Within((long)bits) is { } wide) return wide;
        if (bits > uint.MaxValue) return null;
        return Within((int)(uint)bits) ?? (bits < 1UL << Width ? (decimal)bits - (1UL << Width) : null);
    }

    private decimal? Within(decimal number) => number >= Minimum && number <= Maximum ? number : null;
}
