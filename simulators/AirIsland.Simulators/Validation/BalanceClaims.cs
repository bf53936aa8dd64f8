using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Validation;

/// <summary>What went in less what came out, over what went in.</summary>
public static class BalanceClaims
{
    private const string Group = "balances";
    private const double Most = 1e-9;
    private const int Day = 86_400;

    /// <summary>Each machine on a day of changing demand.</summary>
    public static IEnumerable<Claim> Machines(IReadOnlyList<CompressorSpec> machines)
    {
        ArgumentNullException.ThrowIfNull(machines);
        var days = machines.Select(m => (m.Id, Totals: DayOf(m))).ToArray();
        yield return Worst(
            $"{machines.Count} machines", "electricity less its ten heats",
            days.Select(d => (d.Id, d.Totals.EnergyResidualJ / d.Totals.ElectricJ)));
        yield return Worst(
            $"{machines.Count} machines", "air taken in less given out",
            days.Select(d => (d.Id, d.Totals.AirResidualKg / d.Totals.IntakeKg)));
    }

    /// <summary>A working day of each station.</summary>
    public static IEnumerable<Claim> Stations(IReadOnlyList<(string Name, StationSpec Spec)> stations)
    {
        ArgumentNullException.ThrowIfNull(stations);
        var days = stations.Select(s => (s.Name, Truth: DayOf(s.Spec))).ToArray();
        yield return Worst(
            $"{stations.Count} stations", "electricity less what it became",
            days.Select(d => (d.Name, d.Truth.Energy.ResidualJ / d.Truth.ElectricJ)));
        yield return Worst(
            $"{stations.Count} stations", "air breathed in less what it became",
            days.Select(d => (d.Name, d.Truth.AirResidualKg / d.Truth.IntakeKg)));
    }

    private static Claim Worst(string subject, string figure, IEnumerable<(string Name, double Residual)> residuals)
    {
        var worst = residuals.MaxBy(r => Math.Abs(r.Residual));
        return new(Group, subject, figure, Math.Abs(worst.Residual), "1", null, Most, $"a day each; worst: {worst.Name}");
    }

    private static StationTruth DayOf(StationSpec spec)
    {
        var station = new Station(spec);
        for (var second = 0; second < Day; second++) station.Step(1);
        return station.Truth;
    }

    private static CompressorTotals DayOf(CompressorSpec spec)
    {
        var machine = new Compressor(spec);
        var air = new Surroundings(101_325, 298.15, 0.6);
        var pa = air.Pa + spec.LoadBelowMPa * 1e6;
        var paPerKg = Surroundings.GasConstant * air.Kelvin / (PartLoadCurve.ReceiverMinutes * spec.RatedFlowM3PerMin);
        for (var second = 0; second < Day; second++)
        {
            // Nights without demand; by day between a tenth and nine tenths.
            var demand = second < Day / 4 ? 0 : 0.5 + 0.4 * Math.Sin(second * 2e-3);
            machine.Step(1, air, pa, CompressorCommand.Auto);
            pa = Math.Max(air.Pa, pa + (machine.FlowKgPerSecond - demand * spec.RatedKgPerSecond) * paPerKg);
        }
        return machine.Totals;
    }
}
