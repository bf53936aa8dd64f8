using System.Globalization;
using AirIsland.Domain.Billing;
using AirIsland.Quantities;
using AirIsland.Web.Shell;
using NodaTime;

namespace AirIsland.Web.Billing;

/// <summary>How a bill writes its figures: nothing rounded for display, thousands grouped, instants with their offset.</summary>
public static class Figures
{
    /// <summary>A register value or volume with the decimals of its resolution.</summary>
    public static string Volume(decimal value, decimal resolution) =>
        Signed(value, "N" + resolution.Scale.ToString(CultureInfo.InvariantCulture));

    public static string Amount(Money money) => "¥\u00A0" + Signed(money.Cny, "N2");

    public static string Moment(Instant at, DateTimeZone zone) =>
        at.InZone(zone).ToString("uuuu-MM-dd HH:mm:ss.FFF o<m>", CultureInfo.InvariantCulture);

    public static string State(ReferenceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var celsius = (state.Centikelvin - 27315) / 100m;
        var dry = Cultures.Pick("干空气", "dry");
        return string.Create(CultureInfo.InvariantCulture, $"{state.Name} ({celsius:0.##} °C, {state.Pascals / 1000m:0.###} kPa, {dry})");
    }

    /// <summary>The exact fraction, and what it comes to.</summary>
    public static string Factor(ConversionFactor factor) =>
        factor == ConversionFactor.One
            ? "1"
            : string.Create(CultureInfo.InvariantCulture, $"{factor.Numerator}/{factor.Denominator} ≈ {factor.ToDecimal():0.000000}");

    private static string Signed(decimal value, string format)
    {
        var digits = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
        return value < 0 ? "\u2212" + digits : digits;
    }
}
