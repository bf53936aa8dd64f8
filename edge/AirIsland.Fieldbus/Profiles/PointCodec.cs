using System.Buffers.Binary;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// Registers to engineering values and counts, and back. The one codec of both directions: what the simulators serve and what the
/// edge reads cannot disagree. Registers are as they came off the wire, each high byte first.
/// </summary>
public static class PointCodec
{
    // No meter counts so far: a float beyond it is garbage, and inside it every product with a scale fits a decimal.
    private const double LargestFloat = 1e15;

    /// <summary>
    /// Null: the registers hold no number (NaN, infinity, a float beyond 1e15, a digit above 9) or a state code that is not in the map.
    /// </summary>
    /// <exception cref="ArgumentException">Not <see cref="ProfilePoint.RegisterCount"/> registers.</exception>
    public static decimal? ToEngineering(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        CheckLength(point, registers.Length);
        return RawValue(point, registers) is { } raw ? ToEngineering(point, raw) : null;
    }

    /// <summary>The engineering value of a raw number, as from a JSON message. Null for a state code that is not in the map.</summary>
    public static decimal? ToEngineering(ProfilePoint point, decimal raw)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.Kind != PointKind.State || point.Map is null)
            return (raw * point.Scale / point.Divide) + point.Offset;
        var code = decimal.Truncate(raw);
        return code == raw && Math.Abs(code) <= long.MaxValue && point.Map.TryGetValue((long)code, out var state) ? state : null;
    }

    /// <summary>The engineering value in resolutions, half to even. Null where there is no engineering value.</summary>
    public static long? ToCount(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        return ToEngineering(point, registers) is { } engineering && TryToCount(point, engineering, out var count) ? count : null;
    }

    /// <summary>The engineering value in resolutions, half to even. False when the count does not fit a long.</summary>
    public static bool TryToCount(ProfilePoint point, decimal engineering, out long count)
    {
        ArgumentNullException.ThrowIfNull(point);
        var fits = Math.Abs(engineering) < point.Resolution * long.MaxValue;
        count = fits ? ToCount(point, engineering) : 0;
        return fits;
    }

    /// <summary>The engineering value in resolutions, half to even.</summary>
    /// <exception cref="OverflowException">The count does not fit a long.</exception>
    public static long ToCount(ProfilePoint point, decimal engineering)
    {
        ArgumentNullException.ThrowIfNull(point);
        return (long)Math.Round(engineering / point.Resolution, MidpointRounding.ToEven);
    }

    /// <summary>
    /// The registers a device shows for a value: a register starts again from zero at its modulus (or its type's width), a level stops
    /// at the ends of its type, a state gives the lowest device code that maps to it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No device code maps to this state.</exception>
    public static void Encode(ProfilePoint point, decimal engineering, Span<ushort> registers)
    {
        CheckLength(point, registers.Length);
        var raw = point is { Kind: PointKind.State, Map: { } map }
            ? DeviceCode(map, engineering)
            : (engineering - point.Offset) * point.Divide / point.Scale;
        if (point.Type == PointType.Bcd48)
            PackedDecimal.Store(WholeCode(point, raw), registers);
        else
            Store(point, point.Kind == PointKind.Register ? WrappedBits(point, raw) : Bits(point.Type, raw), registers);
    }

    private static decimal? RawValue(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        if (point.Type == PointType.Bcd48)
            return PackedDecimal.Load(registers);
        var bits = Load(point, registers);
        return point.Type switch
        {
            PointType.UInt16 or PointType.UInt32 => bits,
            PointType.Int16 => (short)bits,
            PointType.Int32 => (int)bits,
            PointType.Float32 => FloatValue(BitConverter.UInt32BitsToSingle(bits)),
            _ => throw new ArgumentException($"{point.Name} has no known type", nameof(point)),
        };
    }

    // By way of double: the direct conversion keeps 7 digits only and would change a large total. NaN fails the comparison.
    private static decimal? FloatValue(float value) => Math.Abs(value) <= LargestFloat ? (decimal)(double)value : null;

    private static decimal DeviceCode(IReadOnlyDictionary<long, long> map, decimal state)
    {
        var codes = map.Where(entry => entry.Value == state).Select(entry => entry.Key).ToList();
        return codes.Count > 0
            ? codes.Min()
            : throw new ArgumentOutOfRangeException(nameof(state), state, "No device code maps to this state");
    }

    private static decimal WholeCode(ProfilePoint point, decimal raw)
    {
        var whole = Math.Round(raw, MidpointRounding.ToEven);
        return point.Kind == PointKind.Register
            ? Remainder(whole, Math.Abs(point.Modulus * point.Divide / point.Scale ?? PackedDecimal.Width))
            : Math.Clamp(whole, 0, PackedDecimal.Width - 1);
    }

    private static uint WrappedBits(ProfilePoint point, decimal raw)
    {
        var modulus = Math.Abs(point.Modulus * point.Divide / point.Scale ?? 0);
        if (point.Type == PointType.Float32)
            return Bits(point.Type, modulus > 0 ? Remainder(raw, modulus) : raw);

        // Rounded before the remainder is taken: a value that rounds up to the width is zero again. The bits of a signed register
        // run on through its sign.
        var width = modulus > 0 ? modulus : point.RegisterCount == 1 ? 65_536m : 4_294_967_296m;
        return (uint)Remainder(Math.Round(raw, MidpointRounding.ToEven), width);
    }

    private static decimal Remainder(decimal value, decimal width) => ((value % width) + width) % width;

    private static uint Bits(PointType type, decimal raw) => type switch
    {
        PointType.UInt16 => (uint)Whole(raw, ushort.MinValue, ushort.MaxValue),
        PointType.Int16 => (ushort)(short)Whole(raw, short.MinValue, short.MaxValue),
        PointType.UInt32 => (uint)Whole(raw, uint.MinValue, uint.MaxValue),
        PointType.Int32 => (uint)(int)Whole(raw, int.MinValue, int.MaxValue),
        // Decimals know a negative zero too; a device shows none.
        PointType.Float32 => raw == 0 ? 0 : BitConverter.SingleToUInt32Bits((float)(double)raw),
        _ => throw new ArgumentException("No known type", nameof(type)),
    };

    private static long Whole(decimal raw, long minimum, long maximum) =>
        (long)Math.Clamp(Math.Round(raw, MidpointRounding.ToEven), minimum, maximum);

    private static uint Load(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        if (registers.Length == 1)
            return SwapsBytes(point.Order) ? BinaryPrimitives.ReverseEndianness(registers[0]) : registers[0];
        var (high, low) = SwapsWords(point.Order) ? (registers[1], registers[0]) : (registers[0], registers[1]);
        if (SwapsBytes(point.Order))
            (high, low) = (BinaryPrimitives.ReverseEndianness(high), BinaryPrimitives.ReverseEndianness(low));
        return ((uint)high << 16) | low;
    }

    private static void Store(ProfilePoint point, uint bits, Span<ushort> registers)
    {
        var (high, low) = ((ushort)(bits >> 16), (ushort)bits);
        if (SwapsBytes(point.Order))
            (high, low) = (BinaryPrimitives.ReverseEndianness(high), BinaryPrimitives.ReverseEndianness(low));
        if (registers.Length == 1)
            registers[0] = low;
        else
            (registers[0], registers[1]) = SwapsWords(point.Order) ? (low, high) : (high, low);
    }

    private static bool SwapsWords(RegisterOrder order) => order is RegisterOrder.CDAB or RegisterOrder.DCBA;

    private static bool SwapsBytes(RegisterOrder order) => order is RegisterOrder.BADC or RegisterOrder.DCBA;

    private static void CheckLength(ProfilePoint point, int length)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (length != point.RegisterCount)
            throw new ArgumentException($"{point.Name} takes {point.RegisterCount} registers, not {length}", nameof(length));
    }
}
