namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>
/// A metric's value as it stands on the wire. What it means depends on its type, which a birth tells and data may leave out; so it is read
/// with the type. The default is no value.
/// </summary>
public readonly record struct MetricValue
{
    // Far above every meter, far below where a decimal ends.
    private const double Largest = 1e27;

    private readonly ulong _bits;

    internal MetricValue(WireField field, ulong bits, string? text = null) => (Field, _bits, Text) = (field, bits, text);

    internal WireField Field { get; }

    /// <summary>The text of a String, Text or UUID; null for anything else.</summary>
    public string? Text { get; }

    /// <summary>It is a data set, a template, bytes or an extension, which nobody here reads.</summary>
    public bool IsSkipped => Field == WireField.Skipped;

    internal uint Int => (uint)_bits;

    internal ulong Long => _bits;

    internal float Float => BitConverter.UInt32BitsToSingle((uint)_bits);

    internal double Double => BitConverter.UInt64BitsToDouble(_bits);

    internal bool Boolean => _bits != 0;

    /// <summary>
    /// The exact number, true being 1 and a DateTime ms since 1970 UTC; a float to its 7 digits, a double to its 15. Null when it is none
    /// of that type: not finite, out of the type's range, in another field than the type's.
    /// </summary>
    public decimal? Number(SparkplugDataType type) => (type, Field) switch
    {
        (SparkplugDataType.Boolean, WireField.Boolean) => _bits,
        (SparkplugDataType.Float or SparkplugDataType.Double, WireField.Float) => IsSmall(Float) ? (decimal)Float : null,
        (SparkplugDataType.Float or SparkplugDataType.Double, WireField.Double) => IsSmall(Double) ? (decimal)Double : null,
        (_, WireField.Int or WireField.Long) => WholeType.Of(type)?.Read(_bits, Field == WireField.Long),
        _ => null,
    };

    /// <summary>True or false; null when it is neither.</summary>
    public bool? Flag => Field == WireField.Boolean ? _bits != 0 : null;

    /// <summary>Whether values of that type are numbers: <see cref="Number"/> can then read them.</summary>
    public static bool IsNumeric(SparkplugDataType type) =>
        type is SparkplugDataType.Boolean or SparkplugDataType.Float or SparkplugDataType.Double || WholeType.Of(type) is not null;

    /// <summary>A whole number, in the field the specification gives its type: up to 32 bits in one of 32, two's complement.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is not whole, or cannot hold it.</exception>
    public static MetricValue Of(SparkplugDataType type, decimal number)
    {
        if (WholeType.Of(type) is not { } whole || number < whole.Minimum || number > whole.Maximum || number != decimal.Truncate(number))
            throw new ArgumentOutOfRangeException(nameof(number), number, $"{type} cannot hold it");
        var bits = number < 0 ? (ulong)(long)number : (ulong)number;
        return whole.Width <= 32 ? new(WireField.Int, (uint)bits) : new(WireField.Long, bits);
    }

    public static MetricValue Of(float number) => new(WireField.Float, BitConverter.SingleToUInt32Bits(number));

    public static MetricValue Of(double number) => new(WireField.Double, BitConverter.DoubleToUInt64Bits(number));

    public static MetricValue Of(bool flag) => new(WireField.Boolean, flag ? 1UL : 0);

    public static MetricValue Of(string text) => new(WireField.Text, 0, text);

    private static bool IsSmall(double number) => Math.Abs(number) <= Largest;
}
