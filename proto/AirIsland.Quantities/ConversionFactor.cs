using System.Numerics;

namespace AirIsland.Quantities;

/// <summary>An exact, reduced fraction by which a volume changes between two reference states. Printed on the bill as it is.</summary>
public readonly record struct ConversionFactor
{
    private ConversionFactor(long numerator, long denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    public static ConversionFactor One { get; } = new(1, 1);

    public long Numerator { get; }

    public long Denominator { get; }

    public static ConversionFactor Of(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var divisor = (long)BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new(numerator / divisor, denominator / divisor);
    }

    /// <summary>The count times this fraction, rounded half to even.</summary>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public long Apply(long count)
    {
        var quotient = BigInteger.DivRem((BigInteger)count * Numerator, Denominator, out var remainder);
        var doubled = BigInteger.Abs(remainder) * 2;
        var away = doubled > Denominator || (doubled == Denominator && !quotient.IsEven);
        return (long)(away ? quotient + (count < 0 ? -1 : 1) : quotient);
    }

    /// <summary>The nearest double, for physics only.</summary>
    public double ToDouble() => (double)Numerator / Denominator;

    /// <summary>The nearest decimal, for ratios and display; bills use <see cref="Apply"/>.</summary>
    public decimal ToDecimal() => (decimal)Numerator / Denominator;

    public override string ToString() => Numerator == Denominator ? "1" : $"{Numerator}/{Denominator}";
}
