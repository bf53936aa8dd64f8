using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>A three-phase line with its load: what a power meter finds at its terminals, as primary values.</summary>
/// <param name="Watts">Of the last step.</param>
/// <param name="Vars">Reactive power.</param>
/// <param name="RatedKilowatts">All that hangs on it, at its ratings.</param>
/// <param name="Station">Whether there is a voltage, and what time it is.</param>
internal sealed record Supply(Func<double> Watts, Func<double> Vars, double RatedKilowatts, Station Station)
{
    public const double PhaseVolts = 230;

    /// <summary>Starting current of a class 0.5 S meter, of its rated one. Source: IEC 62053-22.</summary>
    private const double StartingShare = 0.001;

    private static readonly (string Name, double Share, ElectricRole Voltage, ElectricRole Current)[] Phases =
    [
        // Hands that wire up machines never load three phases quite alike. Chosen.
        ("A", 1.000, ElectricRole.VoltageA, ElectricRole.CurrentA),
        ("B", 1.006, ElectricRole.VoltageB, ElectricRole.CurrentB),
        ("C", 0.994, ElectricRole.VoltageC, ElectricRole.CurrentC),
    ];

    private static readonly MeterSpec Volts = new() { Class = "0.5", High = 400, Noise = 0.4, Flows = false };
    private static readonly MeterSpec Hertz = new() { Class = "0.02", High = 70, OverRange = 0, Noise = 0.01, Flows = false };
    private static readonly MeterSpec Factor = new() { Class = "0.5", Low = -1, High = 1, OverRange = 0, Flows = false };

    private bool HasMains() => Station.HasMains;

    private int Tariff() => TariffClock.At(Station.Spec.Start + TimeSpan.FromSeconds(Station.Seconds));

    private double ApparentVa => Math.Sqrt(Watts() * Watts() + Vars() * Vars());

    public Place OfferAt(Place place)
    {
        var kilowatts = new MeterSpec
        {
            Class = "0.5S",
            High = RatedKilowatts,
            OverRange = 1,
            CutOff = StartingShare * RatedKilowatts,
            NoiseShare = 0.001,
        };
        place.Sense("electrical/Power", "kW", kilowatts, () => Watts() * 1e-3, ElectricRole.Power)
            .Sense("electrical/ReversePower", "kW", kilowatts, () => Math.Max(0, -Watts() * 1e-3), ElectricRole.Power)
            // The mean of a quarter of an hour in real meters.
            .Sense("electrical/Demand", "kW", kilowatts, () => Watts() * 1e-3, ElectricRole.Power)
            .Sense("electrical/PowerFactor", "1", Factor, () => ApparentVa > 0 ? Watts() / ApparentVa : 1)
            .Sense("electrical/Frequency", "Hz", Hertz, () => HasMains() ? 50 : 0)
            .Count("electrical/Energy", "kW.h", "electrical/Power", 1 / 3600.0)
            .Count("electrical/ReverseEnergy", "kW.h", "electrical/ReversePower", 1 / 3600.0);
        for (var i = 1; i <= TariffClock.Count; i++)
        {
            var tariff = i;
            place.Count($"electrical/EnergyTariff{i}", "kW.h", "electrical/Power", 1 / 3600.0, isDue: () => Tariff() == tariff);
        }
        var amperes = new MeterSpec { Class = "0.5", High = AmperesOf(RatedKilowatts * 1e3), OverRange = 1, NoiseShare = 0.001 };
        foreach (var (name, share, voltage, current) in Phases)
            place.Sense($"electrical/Voltage{name}", "V", Volts, () => HasMains() ? PhaseVolts : 0, voltage)
                .Sense($"electrical/Current{name}", "A", amperes, () => AmperesOf(ApparentVa) * share, current)
                // Behind the same transformer as the current.
                .Sense($"electrical/Power{name}", "kW", kilowatts, () => Watts() * 1e-3 / Phases.Length * share, current);
        return place;
    }

    private static double AmperesOf(double va) => va / (Phases.Length * PhaseVolts);
}
