namespace AirIsland.Fieldbus.Profiles;

/// <summary>
/// Registers to engineering values and counts, and back. The one codec of both directions: what the simulators serve and what the
/// edge reads cannot disagree. Registers are as they came off the wire, each high byte first; a coil is one of them, 0 or 1.
/// </summary>
public static class PointCodec
{
    // Inside it every product with a scale and a ratio fits a decimal.
    private const decimal Usual = 1e15m;

    /// <summary>
    /// Null: the registers hold no number (NaN, infinity, a float beyond 1e15, a digit above 9, a text) or a state code that is not in
    /// the map.
    /// </summary>
    /// <exception cref="ArgumentException">Not <see cref="ProfilePoint.RegisterCount"/> registers.</exception>
    public static decimal? ToEngineering(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        CheckLength(point, registers.Length);
        return RegisterValue.Load(point, registers) is { } raw ? ToEngineering(point, raw) : null;
    }

    /// <summary>
    /// The engineering value of a raw number, as from a JSON message. Null for a state code that is not in the map, and for a number
    /// that its scale would carry beyond a decimal.
    /// </summary>
    public static decimal? ToEngineering(ProfilePoint point, decimal raw)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.Kind != PointKind.State || point.Map is null)
        {
            var fits = Math.Abs(raw) <= Usual || Math.Abs(raw) <= Largest(point.Scale);
            return fits ? (raw * point.Scale / point.Divide) + point.Offset : null;
        }

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

    /// <summary>Coils as the codec takes them: a register each, 0 or 1.</summary>
    public static ushort[] ToRegisters(ReadOnlySpan<bool> coils)
    {
        var registers = new ushort[coils.Length];
        for (var i = 0; i < coils.Length; i++)
            registers[i] = coils[i] ? (ushort)1 : (ushort)0;
        return registers;
    }

    /// <summary>The text of a text point without what fills it up. Null: a byte is no printable ASCII, or the point is no text.</summary>
    /// <exception cref="ArgumentException">Not <see cref="ProfilePoint.RegisterCount"/> registers.</exception>
    public static string? ToText(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        CheckLength(point, registers.Length);
        if (point.Type != PointType.Text)
            return null;
        Span<ushort> own = stackalloc ushort[registers.Length];
        registers.CopyTo(own);
        RegisterOrders.Apply(point.Order, own);
        return FixedText.Load(own);
    }

    /// <summary>What the registers would mean in each order that the point's width knows; only its own where there is no choice.</summary>
    /// <exception cref="ArgumentException">Not <see cref="ProfilePoint.RegisterCount"/> registers.</exception>
    public static IReadOnlyList<OrderedValue> InEveryOrder(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        CheckLength(point, registers.Length);
        var orders = RegisterOrders.Of(point.Type, point.RegisterCount);
        var values = new List<OrderedValue>(orders.Count);
        foreach (var (name, order) in orders)
        {
            var read = point with { Order = order };
            var isOwn = RegisterOrders.AreSame(order, point.Order, point.RegisterCount);
            values.Add(new OrderedValue(name, isOwn, ToEngineering(read, registers), ToText(read, registers)));
        }

        return values;
    }

    /// <summary>
    /// The registers a device shows for a value: a register starts again from zero at its modulus (or its type's width), a level stops
    /// at the ends of its type, a state gives the lowest device code that maps to it. Bits that are not the point's own stay.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No device code maps to this state.</exception>
    public static void Encode(ProfilePoint point, decimal engineering, Span<ushort> registers)
    {
        CheckNumber(point, registers.Length);
        var raw = Raw(point, engineering);
        var (minimum, maximum) = RegisterValue.Range(point);
        RegisterValue.Store(
            point, point.Kind == PointKind.Register ? Wrapped(point, raw) : Math.Clamp(raw, minimum, maximum), registers);
    }

    /// <summary>
    /// The registers that say exactly this value, as they are written to a device; rounded to the last place of the registers, half to
    /// even. Bits that are not the point's own stay: read them first.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The type cannot hold the value, or no device code maps to this state.</exception>
    public static void EncodeExactly(ProfilePoint point, decimal engineering, Span<ushort> registers)
    {
        CheckNumber(point, registers.Length);
        var (minimum, maximum) = RegisterValue.Range(point);
        // Compared before anything is multiplied: a value beyond a decimal is out of range, too.
        var isDecimal = Math.Abs(engineering) <= Largest(point.Divide) * Math.Min(1, Math.Abs(point.Scale));
        var raw = isDecimal ? Raw(point, engineering) : decimal.MaxValue;
        if (raw < minimum || raw > maximum)
            throw new ArgumentOutOfRangeException(nameof(engineering), engineering, $"{point.Name} takes raw {minimum} to {maximum}");
        RegisterValue.Store(point, raw, registers);
    }

    /// <summary>The registers of a text, filled up with zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too long, or not printable ASCII.</exception>
    /// <exception cref="ArgumentException">The point is no text, or takes another number of registers.</exception>
    public static void EncodeText(ProfilePoint point, string text, Span<ushort> registers)
    {
        CheckLength(point, registers.Length);
        ArgumentNullException.ThrowIfNull(text);
        if (point.Type != PointType.Text)
            throw new ArgumentException($"{point.Name} is no text", nameof(point));
        FixedText.Store(text, registers);
        RegisterOrders.Apply(point.Order, registers);
    }

    /// <summary>
    /// The number that a meter of DL/T 645 shows for a value, to the last of its digits: a register starts again from zero at its modulus
    /// (or where its digits end), a level stops at the ends of its digits, a state gives the lowest device code that maps to it.
    /// </summary>
    /// <exception cref="ArgumentException">The point is asked for by no identifier.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No device code maps to this state.</exception>
    public static decimal ToDigits(ProfilePoint point, decimal engineering)
    {
        ArgumentNullException.ThrowIfNull(point);
        var format = point.Item?.Format ?? throw new ArgumentException($"{point.Name} is asked for by no identifier", nameof(point));
        var raw = Math.Round(Unscaled(point, engineering), format.Decimals, MidpointRounding.ToEven);
        if (point.Kind == PointKind.Register)
            return Wrapped(raw, Math.Abs(point.Modulus * point.Divide / point.Scale ?? format.Width));
        var largest = format.Width - format.Step;
        return Math.Clamp(raw, format.IsSigned ? -largest : 0, largest);
    }

    // Half of what a decimal holds: an offset comes on top.
    private static decimal Largest(decimal factor) => decimal.MaxValue / 2 / Math.Max(1, Math.Abs(factor));

    // Rounded before a remainder is taken: a value that rounds up to the width is zero again.
    private static decimal Raw(ProfilePoint point, decimal engineering)
    {
        var raw = Unscaled(point, engineering);
        return RegisterValue.IsFloat(point.Type) ? raw : Math.Round(raw, MidpointRounding.ToEven);
    }

    private static decimal Unscaled(ProfilePoint point, decimal engineering) => point is { Kind: PointKind.State, Map: { } map }
        ? DeviceCode(map, engineering)
        : (engineering - point.Offset) * point.Divide / point.Scale;

    private static decimal DeviceCode(IReadOnlyDictionary<long, long> map, decimal state)
    {
        var codes = map.Where(entry => entry.Value == state).Select(entry => entry.Key).ToList();
        return codes.Count > 0
            ? codes.Min()
            : throw new ArgumentOutOfRangeException(nameof(state), state, "No device code maps to this state");
    }

    // The bits of a signed register run on through its sign; a float without a modulus has no end.
    private static decimal Wrapped(ProfilePoint point, decimal raw)
    {
        var modulus = Math.Abs(point.Modulus * point.Divide / point.Scale ?? 0);
        if (modulus == 0 && RegisterValue.IsFloat(point.Type))
            return raw;
        return Wrapped(raw, modulus > 0 ? modulus : RegisterValue.Width(point));
    }

    private static decimal Wrapped(decimal raw, decimal width) => ((raw % width) + width) % width;

    private static void CheckNumber(ProfilePoint point, int length)
    {
        CheckLength(point, length);
        if (point.Type == PointType.Text)
            throw new ArgumentException($"{point.Name} is a text", nameof(point));
    }

    private static void CheckLength(ProfilePoint point, int length)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (length != point.RegisterCount)
            throw new ArgumentException($"{point.Name} takes {point.RegisterCount} registers, not {length}", nameof(length));
    }
}
