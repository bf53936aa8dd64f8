using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Network;
using AirIsland.Simulators.Physics.Treatment;

namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>A place that holds air: its pressure and temperature, and what flows past it.</summary>
/// <param name="Node">The air.</param>
/// <param name="OutsidePa">What a gauge measures against.</param>
internal sealed record AirLine(Node Node, Func<double> OutsidePa)
{
    /// <summary>Smaller flows a thermal mass meter does not tell from the convection in its pipe, m³/min. Chosen.</summary>
    private const double CutOffM3PerMin = 0.2;

    /// <summary>Fastest air for which meters are chosen, m/s, at 0.7 MPa gauge. Chosen: three times a usual pipe's.</summary>
    private const double FastestMetresPerSecond = 50;

    private const double UsualPa = 801_325;
    private const double UsualKelvin = 293.15;
    private const double FlickerShare = 0.003;

    private static readonly MeterSpec Gauge = new() { Class = "0.5FS", High = 1.6, Noise = 0.0003, Flows = false };
    private static readonly MeterSpec Absolute = Gauge with { High = 1.7 };
    private static readonly MeterSpec Celsius = new() { Class = "0.3FS", Low = -40, High = 150, Noise = 0.03, Flows = false };

    private double Density => DryAir.Density(Node.Pa, Node.Kelvin);

    public Place OfferAt(Place place) => place
        .Sense("GaugePressure", "MPa", Gauge, _ => Tap.Pressure(() => Node.Pa, OutsidePa, PressureBasis.Gauge))
        .Sense("AbsolutePressure", "MPa", Absolute, _ => Tap.Pressure(() => Node.Pa, OutsidePa, PressureBasis.Absolute))
        .Sense("Temperature", "Cel", Celsius, () => Node.Kelvin - Moisture.ZeroCelsius);

    /// <summary>What flows through a pipe, kg/s; a meter does not see what comes back.</summary>
    public Place OfferFlowAt(Place place, Func<double> kgPerSecond, double diameterMm)
    {
        var area = Math.PI / 4e6 * diameterMm * diameterMm;
        var most = FastestMetresPerSecond * area * DryAir.Density(UsualPa, UsualKelvin) / DryAir.KgPerStandard20M3 * 60;
        var flow = new MeterSpec { Class = "1.5", High = most, CutOff = CutOffM3PerMin, NoiseShare = FlickerShare };
        var velocity = new MeterSpec { Class = "1.5", High = FastestMetresPerSecond, NoiseShare = FlickerShare };
        return place
            .Sense("VolumeFlowRate", "m3/min", flow,
                design => Tap.Flow(design, Tap.Level(kgPerSecond), () => Node.Pa, () => Node.Kelvin))
            .Sense("Velocity", "m/s", velocity, () => kgPerSecond() / (Density * area))
            // Of meters that know both directions.
            .Sense("reverse/VolumeFlowRate", "m3/min", flow,
                design => Tap.Flow(design, Tap.Level(() => Math.Max(0, -kgPerSecond())), () => Node.Pa, () => Node.Kelvin))
            .Count("AccumulatedVolume", "m3", "VolumeFlowRate", 1 / 60.0)
            .Count("reverse/AccumulatedVolume", "m3", "reverse/VolumeFlowRate", 1 / 60.0);
    }
}
