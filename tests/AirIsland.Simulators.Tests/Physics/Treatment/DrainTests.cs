using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Treatment;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Treatment;

public sealed class DrainTests
{
    private const double Pa = 801_325;

    [Fact]
    public void Water_that_comes_is_drained_held_or_carried_over() =>
        Gen.Select(
            Gen.Enum<DrainKind>(),
            Gen.Select(Gen.Double[0, 0.2], Gen.Double[0.1, 900], Gen.Enum<DrainFault>(), Gen.Double[1e5, 1e6]).Array[300])
        .Sample((kind, steps) =>
        {
            var drain = new Drain(kind == DrainKind.Timed ? DrainRating.Timed : DrainRating.Level);
            double water = 0, air = 0;
            foreach (var (kg, seconds, fault, pa) in steps)
            {
                drain.Fault = fault;
                water += kg;
                air += drain.Step(seconds, kg, pa, 300).AirKg;
            }
            return Math.Abs(water - drain.DrainedKg - drain.HeldKg - drain.CarriedOverKg) <= 1e-9 * water
                && Math.Abs(air - drain.LostAirKg) <= 1e-9 * air + 1e-12
                && drain.HeldKg >= 0 && air >= 0;
        }, iter: 100);

    [Theory]
    [InlineData(1)]
    [InlineData(0.7)]
    [InlineData(60)]
    [InlineData(3600)]
    public void A_timed_drain_loses_the_same_air_whatever_the_step(double seconds)
    {
        var drain = new Drain(DrainRating.Timed);
        var steps = (int)(86_400 / seconds);

        for (var i = 0; i < steps; i++) drain.Step(seconds, 0, Pa, 293.15);

        Assert.Equal(144 * 5 * drain.AirRate(Pa, 293.15), drain.LostAirKg, 1e-2 * drain.LostAirKg);
    }

    [Fact]
    public void Its_air_is_that_of_an_orifice_table()
    {
        // 3 mm at 0.7 MPa(g), discharge 0.65: 0.438 m³/min FAD.
        var drain = new Drain(DrainRating.Timed with { OrificeM = 0.003 });

        var m3PerMin = drain.AirRate(Pa, 293.15) * 60 / DryAir.KgPerFadM3;
        Assert.Equal(0.438, m3PerMin, 0.002);
        Assert.Equal(0, drain.AirRate(DryAir.AtmospherePa, 293.15));
        Assert.True(drain.AirRate(1.5e5, 293.15) < drain.AirRate(2e5, 293.15));
    }

    [Fact]
    public void A_level_drain_loses_no_air()
    {
        var drain = new Drain(DrainRating.Level);

        for (var i = 0; i < 86_400; i++) drain.Step(1, 0.004, Pa, 300);

        Assert.Equal(0, drain.LostAirKg);
        Assert.Equal(0, drain.CarriedOverKg);
        Assert.InRange(drain.DrainedKg, 86_400 * 0.004 - 1, 86_400 * 0.004);
    }

    [Fact]
    public void Stuck_open_it_leaks_stuck_closed_it_lets_water_go_on_repaired_it_drains()
    {
        var drain = new Drain(DrainRating.Level) { Fault = DrainFault.StuckOpen };
        for (var i = 0; i < 3600; i++) drain.Step(1, 0, Pa, 293.15);
        Assert.Equal(3600 * drain.AirRate(Pa, 293.15), drain.LostAirKg, 1e-6);

        drain.Fault = DrainFault.StuckClosed;
        for (var i = 0; i < 3600; i++) drain.Step(1, 0.004, Pa, 293.15);
        Assert.Equal(3600 * 0.004 - 1, drain.CarriedOverKg, 1e-9);

        drain.Fault = DrainFault.None;
        Assert.True(drain.Step(1, 0, Pa, 293.15).WaterKg > 0);
    }
}
