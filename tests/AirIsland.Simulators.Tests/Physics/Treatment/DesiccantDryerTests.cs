using AirIsland.Simulators.Physics.Treatment;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Treatment;

public sealed class DesiccantDryerTests
{
    private const double Pa = 801_325;
    private const double Kelvin = 308.15;
    private static readonly double Saturated = Moisture.SaturationRatio(Kelvin, Pa);

    [Fact]
    public void Water_and_air_that_enter_leave_are_exhausted_or_stored() =>
        Gen.Select(
            Gen.Enum<DesiccantKind>(),
            Gen.Bool,
            Gen.Select(Gen.Double[0, 1.5], Gen.Double[0, 0.01], Gen.Double[0.1, 60], Gen.Enum<DesiccantFault>()).Array[500])
        .Sample((kind, demandControlled, steps) =>
        {
            var dryer = new DesiccantDryer(Rating(kind, demandControlled) with { SwitchSeconds = 300, BedKg = 0.5 });
            double waterIn = 0, waterOut = 0, airIn = 0, airOut = 0, joules = 0;
            foreach (var (flow, ratio, seconds, fault) in steps)
            {
                dryer.Fault = fault;
                var result = dryer.Step(seconds, flow, Pa, Kelvin, ratio);
                waterIn += flow * seconds * ratio;
                waterOut += result.OutletKgPerSecond * seconds * result.OutletHumidityRatio;
                airIn += flow * seconds;
                airOut += result.OutletKgPerSecond * seconds;
                joules += result.Watts * seconds;
            }
            return Math.Abs(waterIn - waterOut - dryer.ExhaustedWaterKg - dryer.StoredWaterKg) <= 1e-9 * waterIn
                && Math.Abs(airIn - airOut - dryer.PurgedKg) <= 1e-9 * airIn
                && Math.Abs(joules - dryer.Joules) <= 1e-9 * joules;
        }, iter: 100);

    // Shares of rated flow (15 to 18 %; about 7 %; 0 to 3 %) and heat by water driven out.
    [Theory]
    [InlineData(DesiccantKind.Heatless, 0.15, 0.18, 0, 100)]
    [InlineData(DesiccantKind.HeatedPurge, 0.065, 0.075, 15_000, 25_000)]
    [InlineData(DesiccantKind.BlowerPurge, 0.01, 0.03, 17_000, 28_000)]
    public void The_purge_is_the_usual_share(DesiccantKind kind, double leastShare, double mostShare, double leastWatts, double mostWatts)
    {
        var dryer = new DesiccantDryer(Rating(kind));
        const double seconds = 48 * 3600;

        var (_, worst) = Run(dryer, seconds, 1);

        Assert.InRange(dryer.PurgedKg / seconds, leastShare - 1e-9, mostShare);
        Assert.InRange(dryer.Joules / seconds, leastWatts, mostWatts);
        Assert.InRange(worst - 273.15, -46, -35);
    }

    [Fact]
    public void The_dew_point_is_a_saw_tooth_with_the_change_of_towers()
    {
        var dryer = new DesiccantDryer(DesiccantDryerRating.Heatless(1));
        Run(dryer, 3600, 1);

        int rises = 0, falls = 0;
        var before = Step(dryer, 1).DewPointKelvin;
        for (var i = 0; i < 3000; i++)
        {
            var now = Step(dryer, 1).DewPointKelvin;
            if (now > before) rises++;
            if (now < before - 1) falls++;
            before = now;
        }

        Assert.Equal(10, falls);
        Assert.True(rises > 2900);
    }

    [Fact]
    public void Purge_does_not_follow_the_flow_unless_demand_controls_it()
    {
        var plain = new DesiccantDryer(DesiccantDryerRating.Heatless(1));
        var controlled = new DesiccantDryer(DesiccantDryerRating.Heatless(1, demandControlled: true));

        Run(plain, 24 * 3600, 0.3);
        var (_, worst) = Run(controlled, 24 * 3600, 0.3);

        Assert.Equal(0.15, plain.PurgedKg / (24 * 3600), 1e-6);
        Assert.InRange(controlled.PurgedKg / (24 * 3600), 0.03, 0.06);
        Assert.InRange(worst - 273.15, -46, -35);
        Assert.True(controlled.Switches < plain.Switches);
    }

    [Fact]
    public void A_heater_works_by_the_water_that_came()
    {
        var full = new DesiccantDryer(DesiccantDryerRating.HeatedPurge(1));
        var part = new DesiccantDryer(DesiccantDryerRating.HeatedPurge(1));

        Run(full, 48 * 3600, 1);
        Run(part, 48 * 3600, 0.25);

        Assert.InRange(part.Joules / full.Joules, 0.2, 0.35);
    }

    [Fact]
    public void Without_regeneration_water_passes_and_repaired_it_dries_again()
    {
        var dryer = new DesiccantDryer(DesiccantDryerRating.Heatless(1));
        Run(dryer, 3600, 1);

        dryer.Fault = DesiccantFault.NoRegeneration;
        var (wet, _) = Run(dryer, 3 * 3600, 1);
        Assert.Equal(Kelvin, wet.DewPointKelvin, 0.5);
        Assert.Equal(0, wet.PurgeKgPerSecond);

        dryer.Fault = DesiccantFault.None;
        var (dry, _) = Run(dryer, 24 * 3600, 0.6);
        Assert.InRange(dry.DewPointKelvin - 273.15, -46, -35);
    }

    [Theory]
    [InlineData(DesiccantKind.Heatless, 0.15)]
    [InlineData(DesiccantKind.HeatedPurge, 0.07)]
    [InlineData(DesiccantKind.BlowerPurge, 0.08)]
    public void A_purge_valve_stuck_open_blows_all_the_time(DesiccantKind kind, double share)
    {
        var dryer = new DesiccantDryer(Rating(kind, demandControlled: true)) { Fault = DesiccantFault.PurgeStuckOpen };

        Run(dryer, 24 * 3600, 0.5);

        Assert.Equal(share, dryer.PurgedKg / (24 * 3600), 1e-6);
    }

    [Fact]
    public void It_never_purges_more_than_flows_in_and_the_solver_knows_before()
    {
        var dryer = new DesiccantDryer(DesiccantDryerRating.Heatless(1));

        Assert.Equal(0.15, dryer.PurgeDemand(Pa), 1e-12);
        Assert.Equal(0.075, dryer.PurgeDemand(Pa / 2), 1e-12);
        Assert.Equal(0.15, Step(dryer, 1).PurgeKgPerSecond, 1e-12);
        Assert.Equal(0.05, Step(dryer, 0.05).PurgeKgPerSecond, 1e-12);
        Assert.Equal(0, Step(dryer, 0.05).OutletKgPerSecond, 1e-12);
    }

    private static DesiccantDryerRating Rating(DesiccantKind kind, bool demandControlled = false) => kind switch
    {
        DesiccantKind.Heatless => DesiccantDryerRating.Heatless(1, demandControlled),
        DesiccantKind.HeatedPurge => DesiccantDryerRating.HeatedPurge(1, demandControlled),
        _ => DesiccantDryerRating.BlowerPurge(1, demandControlled),
    };

    private static DryerFlow Step(DesiccantDryer dryer, double flow) => dryer.Step(1, flow, Pa, Kelvin, Saturated);

    private static (DryerFlow Last, double WorstDewPoint) Run(DesiccantDryer dryer, double seconds, double flow)
    {
        DryerFlow last = default;
        var worst = 0.0;
        for (var i = 0; i < seconds; i++)
        {
            last = Step(dryer, flow);
            worst = Math.Max(worst, last.DewPointKelvin);
        }
        return (last, worst);
    }
}
