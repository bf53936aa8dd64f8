using AirIsland.Quantities;

namespace AirIsland.Web.Twin.Patch;

/// <summary>A reference state as it stands beside a number: temperature and pressure, because names are read differently.</summary>
public static class ReferenceStateText
{
    private const decimal CentikelvinAtZeroCelsius = 27_315;

    public static string Of(ReferenceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return FormattableString.Invariant(
            $"{(state.Centikelvin - CentikelvinAtZeroCelsius) / 100:0.##} °C · {state.Pascals / 1000m:0.###} kPa");
    }
}
