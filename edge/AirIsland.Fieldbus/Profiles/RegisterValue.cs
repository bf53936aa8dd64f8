namespace AirIsland.Fieldbus.Profiles;

/// <summary>The raw number of a point in its registers: type, order and bits, without scale or meaning.</summary>
internal static class RegisterValue
{
    // What a float may show; see BinaryFloat.
    private const decimal LargestFloat = 1e15m;

    private static readonly decimal LargestHalf = (decimal)(double)Half.MaxValue;

    public static bool IsFloat(PointType type) => type is PointType.Float16 or PointType.Float32 or PointType.Float64;

    /// <summary>One more than the largest number without a sign. Not for floats and texts.</summary>
    public static decimal Width(ProfilePoint point) =>
        point.Type == PointType.Bcd ? PackedDecimal.Width(point.RegisterCount) : (decimal)(UInt128.One << BitCount(point));

    /// <summary>The smallest and the largest number.</summary>
    public static (decimal Minimum, decimal Maximum) Range(ProfilePoint point) => point.Type switch
    {
        PointType.Float16 => (-LargestHalf, LargestHalf),
        PointType.Float32 or PointType.Float64 => (-LargestFloat, LargestFloat),
        PointType.Int8 or PointType.Int16 or PointType.Int32 or PointType.Int64 => (-Width(point) / 2, (Width(point) / 2) - 1),
        _ => (0, Width(point) - 1),
    };

    /// <summary>Null: no number (NaN, infinity, a float beyond 1e15, a digit above 9, a text).</summary>
    public static decimal? Load(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        Span<ushort> own = stackalloc ushort[registers.Length];
        registers.CopyTo(own);
        RegisterOrders.Apply(point.Order, own);
        if (point.Type is PointType.Bcd)
            return PackedDecimal.Load(own);
        if (point.Type is PointType.Text)
            return null;
        var bits = Bits(point).Cut(Join(own));
        return point.Type switch
        {
            PointType.Int8 => (sbyte)bits,
            PointType.Int16 => (short)bits,
            PointType.Int32 => (int)bits,
            PointType.Int64 => (long)bits,
            PointType.Float16 => BinaryFloat.ToDecimal((double)BitConverter.UInt16BitsToHalf((ushort)bits)),
            PointType.Float32 => BinaryFloat.ToDecimal(BitConverter.UInt32BitsToSingle((uint)bits)),
            PointType.Float64 => BinaryFloat.ToDecimal(BitConverter.UInt64BitsToDouble(bits)),
            _ => bits,
        };
    }

    /// <summary>Bits of the registers that are not the point's own stay as they are.</summary>
    /// <param name="point">No text.</param>
    /// <param name="raw">Whole unless the type is a float; in the type's range, or in its width.</param>
    /// <param name="registers">As many as the point takes.</param>
    public static void Store(ProfilePoint point, decimal raw, Span<ushort> registers)
    {
        RegisterOrders.Apply(point.Order, registers);
        if (point.Type == PointType.Bcd)
            PackedDecimal.Store(raw, registers);
        else
            Split(Bits(point).Put(Join(registers), FloatBits(point.Type, raw) ?? WholeBits(raw)), registers);
        RegisterOrders.Apply(point.Order, registers);
    }

    private static int BitCount(ProfilePoint point) => Bits(point).Count;

    private static BitRange Bits(ProfilePoint point) => point.Bits ?? point.Type switch
    {
        PointType.Bit => new BitRange(0, 1),
        PointType.UInt8 or PointType.Int8 => new BitRange(0, 8),
        _ => new BitRange(0, 16 * point.RegisterCount),
    };

    private static ulong? FloatBits(PointType type, decimal raw) => type switch
    {
        PointType.Float16 => BitConverter.HalfToUInt16Bits(BinaryFloat.ToHalf(raw)),
        PointType.Float32 => BitConverter.SingleToUInt32Bits(BinaryFloat.ToSingle(raw)),
        PointType.Float64 => BitConverter.DoubleToUInt64Bits(BinaryFloat.ToDouble(raw)),
        _ => null,
    };

    private static ulong WholeBits(decimal whole) => whole < 0 ? unchecked((ulong)(long)whole) : (ulong)whole;

    private static ulong Join(ReadOnlySpan<ushort> registers)
    {
        var bits = 0UL;
        foreach (var register in registers)
            bits = (bits << 16) | register;
        return bits;
    }

    private static void Split(ulong bits, Span<ushort> registers)
    {
        for (var i = registers.Length - 1; i >= 0; i--, bits >>= 16)
            registers[i] = (ushort)bits;
    }
}
