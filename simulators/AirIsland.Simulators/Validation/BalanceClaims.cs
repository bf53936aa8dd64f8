using System.Globalization;
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
        yield return Worst("electricity less its ten heats", days.Select(d => (d.Id, d.Totals.EnergyResidualJ / d.Totals.ElectricJ)));
        yield return Worst("air taken in less given out", days.Select(d => (d.Id, d.Totals.AirResidualKg / d.Totals.IntakeKg)));

        Claim Worst(string figure, IEnumerable<(string Id, double Residual)> residuals)
        {
            var worst = residuals.MaxBy(r => Math.Abs(r.Residual));
            return new(
                Group, string.Create(CultureInfo.InvariantCulture, $"{machines.Count} machines"), figure, Math.Abs(worst.Residual), "1", null,
                Most, $"a day each; worst: {worst.Id}");
        }
    }

    /// <summary>A working day of a station.</summary>
    public static IEnumerable<Claim> Station(StationSpec spec)
    {
        var station = new Station(spec);
        for (var second = 0; second < Day; second++) station.Step(1);
        var truth = station.Truth;
        var accounted = truth.Branches.Sum(b => b.UsedKg) + truth.LeakedKg + truth.VentedKg + truth.DrainedKg + truth.StoredKg;
        yield return new(
            Group, "station", "air breathed in less all that became of it", Math.Abs(truth.IntakeKg - accounted) / truth.IntakeKg, "1", null,
            Most, "a day: used, leaked, vented, drained, stored");
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
