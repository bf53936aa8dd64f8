using System.Globalization;
using AirIsland.Domain.Metering;

namespace AirIsland.Web.Twin.Patch;

/// <summary>
/// How a quantity is written: decimals and display unit. The one formatter of live values: the browser gets finished text, so that no
/// second one exists there.
/// </summary>
public sealed record ReadingFormat(int Decimals, string Unit)
{
    private const char TrueMinus = '\u2212';

    /// <summary>The format of a tag, by its quantity and where it is measured.</summary>
    public static ReadingFormat Of(TagId tag) => (tag.Quantity, tag.Asset) switch
    {
        ("GaugePressure", _) => new(3, "MPa"),
        ("VolumeFlowRate", _) => new(1, "m³/min"),
        ("AccumulatedVolume", _) => new(0, "m³"),
        ("Power", "station") => new(0, "kW"),
        ("Power", _) => new(1, "kW"),
        ("Energy", _) => new(0, "kWh"),
        ("SpecificEnergy", _) => new(3, "kWh/m³"),
        ("Temperature", _) when tag.Value.Contains("/outlet/", StringComparison.Ordinal) => new(0, "°C"),
        ("Temperature" or "PressureDewPoint", _) => new(1, "°C"),
        ("Frequency", _) => new(1, "Hz"),
        ("CurrentA", _) => new(1, "A"),
        ("RunningTime" or "LoadedTime", _) => new(0, "h"),
        _ => new(2, ""),
    };

    /// <summary>Grouped by thousands, true minus, never a negative zero.</summary>
    public string Write(decimal value)
    {
        var rounded = Math.Round(value, Decimals, MidpointRounding.AwayFromZero);
        var digits = Math.Abs(rounded).ToString("N" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded < 0 ? TrueMinus + digits : digits;
    }
}
