using System.Diagnostics;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Stations;

namespace AirIsland.Benchmarks;

/// <summary>
/// One year of a station of ten compressors and six companies at steps of one second, on one core; and whether two runs are equal.
/// </summary>
internal static class PlantBenchmark
{
    private const int Year = 365 * 86_400;
    private const int Week = 7 * 86_400;
    private const double LimitSeconds = 60;

    public static int Run()
    {
        var process = Process.GetCurrentProcess();
        Live(Week);
        var (cpu, from) = (process.TotalProcessorTime, TimeProvider.System.GetTimestamp());
        var truth = Live(Year);
        process.Refresh();
        var seconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        var wall = TimeProvider.System.GetElapsedTime(from).TotalSeconds;
        var residual = Math.Abs(truth.AirResidualKg) / truth.IntakeKg;
        var energyResidual = Math.Abs(truth.Energy.ResidualJ) / truth.ElectricJ;
        var same = Fingerprint(Live(Week)) == Fingerprint(Live(Week));
        return Report.Print(
            "plant",
            new
            {
                compressors = 10,
                companies = 6,
                stepSeconds = 1,
                steps = Year,
                cpuSeconds = Math.Round(seconds, 1),
                wallSeconds = Math.Round(wall, 1),
                nanosecondsPerStep = Math.Round(seconds / Year * 1e9),
                massResidual = residual,
                energyResidual,
                twoRunsAreEqual = same,
                yearly = new
                {
                    fadM3 = Math.Round(truth.MeteredKg / DryAir.KgPerFadM3),
                    kWh = Math.Round(truth.ElectricJ / 3.6e6),
                    kWhPerM3Fad = Math.Round(truth.ElectricJ / 3.6e6 / (truth.MeteredKg / DryAir.KgPerFadM3), 5),
                },
            },
            new Bar("CPU seconds for a year", Math.Round(seconds, 1), LimitSeconds, seconds <= LimitSeconds),
            new Bar("mass residual, relative", residual, 1e-9, residual <= 1e-9),
            new Bar("energy residual, relative", energyResidual, 1e-9, energyResidual <= 1e-9),
            new Bar("two runs with one seed are equal", same ? 1 : 0, 1, same));
    }

    private static StationTruth Live(int seconds)
    {
        var station = new Station(Ten());
        for (var step = 0; step < seconds; step++) station.Step(1);
        return station.Truth;
    }

    private static string Fingerprint(StationTruth t) => string.Join(
        ' ',
        new[] { t.ElectricJ, t.Energy.AirWorkJ, t.Energy.CoolingWaterJ, t.IntakeKg, t.VentedKg, t.DrainedKg, t.NetworkLeakKg, t.StoredKg }
            .Concat(t.Branches.SelectMany(b => new[] { b.MeteredKg, b.UsedKg, b.LeakedKg }))
            .Select(v => BitConverter.DoubleToInt64Bits(v).ToString("x16", null)));

    private static string Company(int number) => $"company-{number}";

    private static StationSpec Ten() => new()
    {
        Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)),
        Compressors =
        [
            .. Enumerable.Range(0, 6).Select(i => CompressorCatalogue.ScrewLoadUnload with
            {
                Id = $"fixed-{i}",
                RatedFlowM3PerMin = 40,
                LoadBelowMPa = 0.67 - 0.008 * i,
                UnloadAboveMPa = 0.75 - 0.008 * i,
            }),
            .. Enumerable.Range(0, 2).Select(i => CompressorCatalogue.TwoStageLoadUnload with
            {
                Id = $"two-stage-{i}",
                RatedFlowM3PerMin = 60,
                LoadBelowMPa = 0.68 - 0.005 * i,
                UnloadAboveMPa = 0.76 - 0.005 * i,
            }),
            .. Enumerable.Range(0, 2).Select(i => CompressorCatalogue.ScrewVariableSpeed with
            {
                Id = $"variable-{i}",
                RatedFlowM3PerMin = 60,
                LoadBelowMPa = 0.69,
                UnloadAboveMPa = 0.77,
                TargetMPa = 0.70 - 0.005 * i,
            }),
        ],
        WetReceiverM3 = 40,
        DryReceiverM3 = 20,
        Leaks =
        [
            new() { Id = "header", Place = Station.HeaderName, DiameterMm = 4 },
            .. Enumerable.Range(1, 5).Select(i => new LeakSpec { Id = $"hole-{i}", Place = Company(i), DiameterMm = i }),
        ],
        Branches =
        [
            .. Enumerable.Range(0, 6).Select(i => new BranchSpec
            {
                Consumer = (i % 2 == 0 ? KnownConsumers.Lifode : KnownConsumers.Songyuan) with { Name = Company(i) },
                LengthM = 200 + 50 * i,
                DiameterMm = 150 + 10 * i,
            }),
        ],
    };
}
