using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Physics.Treatment;

namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>A water circuit with a heat meter's places in both of its pipes.</summary>
/// <param name="KgPerSecond">Through it.</param>
/// <param name="SupplyKelvin">Water there: to the machines, to the user.</param>
/// <param name="ReturnKelvin">Water back.</param>
/// <param name="HeatW">Carried, whichever way.</param>
internal sealed record WaterLine(Func<double> KgPerSecond, Func<double> SupplyKelvin, Func<double> ReturnKelvin, Func<double> HeatW)
{
    /// <summary>Between 20 and 65 °C water has 980 to 998 kg/m³.</summary>
    private const double KgPerM3 = 990;

    // EN 1434, class 2, at the flows and differences that circuits like these have; the ranges are chosen.
    private static readonly MeterSpec Flow = new() { Class = "2", High = 10, CutOff = 0.001, NoiseShare = 0.003 };
    private static readonly MeterSpec Celsius = new() { Class = "0.2FS", High = 180, Noise = 0.02, Flows = false };
    private static readonly MeterSpec Heat = new() { Class = "3", High = 10_000, CutOff = 0.1, NoiseShare = 0.003 };

    public Place OfferAt(Place place) => place
        .Sense("VolumeFlowRate", "m3/min", Flow, () => KgPerSecond() / KgPerM3 * 60)
        .Sense("supply/Temperature", "Cel", Celsius, () => SupplyKelvin() - Moisture.ZeroCelsius)
        .Sense("return/Temperature", "Cel", Celsius, () => ReturnKelvin() - Moisture.ZeroCelsius)
        .Sense("heat/Power", "kW", Heat, () => HeatW() * 1e-3)
        .Count("AccumulatedVolume", "m3", "VolumeFlowRate", 1 / 60.0)
        .Count("heat/Energy", "kW.h", "heat/Power", 1 / 3600.0);
}
