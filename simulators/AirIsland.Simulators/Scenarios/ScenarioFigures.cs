using System.Collections.Immutable;
using AirIsland.Quantities;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios;

/// <summary>
/// What a station made and spent. m³ at 20 °C and 101.325 kPa, through the companies' meters; kWh of all its electricity; MPa gauge in the
/// header, mean over the time with a flow.
/// </summary>
public sealed record ScenarioFigures(
    string Station, string Side, double M3, double UsedM3, double KWh, double KWhPerM3, double HeaderMPa, double LeakedShare,
    ImmutableArray<CompanyFigures> Companies)
{
    /// <summary>The state of every m³ here.</summary>
    public static ReferenceState State => ReferenceState.Standard20;

    internal static ScenarioFigures Of(ScenarioStation station, StationTruth truth, double headerMPa)
    {
        var m3 = truth.MeteredKg / DryAir.KgPerStandard20M3;
        var kWh = truth.ElectricJ / 3.6e6;
        return new(
            station.Name,
            station.Side,
            Math.Round(m3),
            Math.Round(truth.UsedKg / DryAir.KgPerStandard20M3),
            Math.Round(kWh),
            Math.Round(kWh / m3, 5),
            Math.Round(headerMPa, 3),
            Math.Round(truth.LeakedKg / (truth.MeteredKg + truth.NetworkLeakKg), 4),
            [.. truth.Branches.Select(b => CompanyFigures.Of(b, kWh / truth.MeteredKg))]);
    }
}
