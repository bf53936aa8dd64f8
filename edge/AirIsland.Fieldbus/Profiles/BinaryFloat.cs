using System.Globalization;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>Binary floats to decimals and back, each way rounded once: decimals at their last place, floats at their last bit.</summary>
internal static class BinaryFloat
{
    // No meter counts so far: a float beyond it is garbage, and inside it every product with a scale fits a decimal.
    private const double Largest = 1e15;

    private const int MantissaBits = 52;
    private const int MostHalvings = 95;

    private static readonly decimal[] Powers = [.. Doublings().Take(MostHalvings + 1)];

    /// <summary>
    /// Exactly, as far as 28 places behind the point reach; the runtime's own conversion keeps fifteen digits only. Null: NaN, infinity,
    /// or beyond 1e15.
    /// </summary>
    public static decimal? ToDecimal(double value)
    {
        // NaN fails the comparison.
        if (!(Math.Abs(value) <= Largest))
            return null;
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> MantissaBits) & 0x7FF);
        var mantissa = (decimal)((bits & ((1L << MantissaBits) - 1)) | (exponent == 0 ? 0 : 1L << MantissaBits));
        var halvings = MantissaBits + 1023 - Math.Max(exponent, 1);
        for (; halvings > MostHalvings; halvings -= MostHalvings)
            mantissa /= Powers[MostHalvings];
        return (bits < 0 ? -mantissa : mantissa) / Powers[halvings];
    }

    /// <summary>The nearest half; infinite beyond 65504.</summary>
    public static Half ToHalf(decimal value)
    {
        Span<char> text = stackalloc char[32];
        return Half.Parse(Digits(value, text), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public static float ToSingle(decimal value)
    {
        Span<char> text = stackalloc char[32];
        return float.Parse(Digits(value, text), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public static double ToDouble(decimal value)
    {
        Span<char> text = stackalloc char[32];
        return double.Parse(Digits(value, text), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    // By way of digits: a cast divides two rounded doubles. Decimals know a negative zero too; a device shows none.
    private static ReadOnlySpan<char> Digits(decimal value, Span<char> text) =>
        value != 0 && value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture) ? text[..length] : "0";

    private static IEnumerable<decimal> Doublings()
    {
        for (var power = 1m; ; power *= 2)
            yield return power;
    }
}
