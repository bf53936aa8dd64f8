using System.Globalization;

namespace AirIsland.Domain.Billing;

/// <summary>An amount in fen (0.01 CNY). Whole fen only: rounding happens once, where an invoice line is made.</summary>
public readonly record struct Money(long Fen)
{
    public decimal Cny => Fen / 100m;

    /// <summary>The amount of that many yuan, rounded half away from zero.</summary>
    public static Money FromCny(decimal cny) => new((long)Math.Round(cny * 100m, MidpointRounding.AwayFromZero));

    public static Money operator +(Money a, Money b) => new(checked(a.Fen + b.Fen));

    public static Money Add(Money left, Money right) => left + right;

    /// <summary>Two decimals, invariant culture: <c>1234.50</c>.</summary>
    public override string ToString() => Cny.ToString("0.00", CultureInfo.InvariantCulture);
}
