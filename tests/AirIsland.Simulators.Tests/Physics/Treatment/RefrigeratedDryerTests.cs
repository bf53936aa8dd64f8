using AirIsland.Simulators.Physics.Treatment;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Treatment;

public sealed class RefrigeratedDryerTests
{
    private const double Pa = 801_325;

    // A maker's sizing table: allowed flow by inlet, ambient and the dew point that it then gives.
    [Theory]
    [InlineData(1.00, 38, 38, 3)]
    [InlineData(1.08, 38, 38, 5)]
    [InlineData(1.20, 38, 38, 7)]
    [InlineData(1.36, 38, 38, 10)]
    [InlineData(0.68, 50, 38, 3)]
    [InlineData(0.78, 38, 45, 3)]
    [InlineData(0.68 * 0.78 * 1.36, 50, 45, 10)]
    public void The_dew_point_settles_at_the_data_sheet(double share, double inlet, double ambient, double expected) =>
        Assert.Equal(expected, Settled(share, inlet, ambient).Celsius, 0.05);

    [Fact]
    public void The_dew_point_never_falls_with_flow_inlet_temperature_ambient_or_lower_pressure() =>
        Gen.Select(Gen.Double[0, 1.6], Gen.Double[15, 65], Gen.Double[0, 48], Gen.Double[4e5, 1.2e6]).Sample((share, inlet, ambient, pa) =>
        {
            var at = Settled(share, inlet, ambient, pa).Celsius - 1e-9;
            return Settled(share * 1.1, inlet, ambient, pa).Celsius >= at
                && Settled(share, inlet + 3, ambient, pa).Celsius >= at
                && Settled(share, inlet, ambient + 3, pa).Celsius >= at
                && Settled(share, inlet, ambient, pa * 0.9).Celsius >= at;
        }, iter: 50);

    [Theory]
    [InlineData(RefrigerationControl.NonCycling)]
    [InlineData(RefrigerationControl.Cycling)]
    [InlineData(RefrigerationControl.VariableSpeed)]
    public void Water_and_air_that_enter_leave_or_are_condensed(RefrigerationControl control) =>
        Gen.Select(Gen.Double[0, 1.8], Gen.Double[5, 60], Gen.Double[0, 0.02], Gen.Double[0.1, 60]).Array[200].Sample(steps =>
        {
            var dryer = new RefrigeratedDryer(RefrigeratedDryerRating.For(1, control));
            double waterIn = 0, waterOut = 0, airIn = 0, airOut = 0, joules = 0;
            foreach (var (flow, celsius, ratio, seconds) in steps)
            {
                dryer.Failed = ratio > 0.018;
                var result = dryer.Step(seconds, flow, Pa, celsius + 273.15, ratio, 303.15);
                waterIn += flow * seconds * ratio;
                waterOut += result.OutletKgPerSecond * seconds * result.OutletHumidityRatio;
                airIn += flow * seconds;
                airOut += result.OutletKgPerSecond * seconds;
                joules += result.Watts * seconds;
            }
            return Math.Abs(waterIn - waterOut - dryer.CondensedKg) <= 1e-9 * waterIn
                && airIn == airOut
                && Math.Abs(joules - dryer.Joules) <= 1e-9 * joules;
        }, iter: 50);

    [Fact]
    public void Its_power_is_the_usual_one_and_follows_the_load_only_when_it_can()
    {
        Assert.InRange(Mean(RefrigerationControl.NonCycling, 1) / (60 / 1.1884), 180, 280);
        Assert.InRange(Part(RefrigerationControl.NonCycling), 0.8, 0.9);
        Assert.InRange(Part(RefrigerationControl.Cycling), 0.2, 0.34);
        Assert.InRange(Part(RefrigerationControl.VariableSpeed), 0.25, 0.36);

        static double Part(RefrigerationControl control) => Mean(control, 0.25) / Mean(control, 1);

        static double Mean(RefrigerationControl control, double share)
        {
            var dryer = new RefrigeratedDryer(RefrigeratedDryerRating.For(1, control));
            for (var i = 0; i < 36_000; i++) dryer.Step(1, share, Pa, 311.15, 0.006, 311.15);
            return dryer.Joules / 36_000;
        }
    }

    [Fact]
    public void A_cycling_dryer_swings_between_its_two_temperatures()
    {
        var dryer = new RefrigeratedDryer(RefrigeratedDryerRating.For(1, RefrigerationControl.Cycling));
        double low = 400, high = 0;
        for (var i = 0; i < 7200; i++)
        {
            var celsius = dryer.Step(1, 0.5, Pa, 308.15, 0.006, 298.15).DewPointKelvin - 273.15;
            (low, high) = (Math.Min(low, celsius), Math.Max(high, celsius));
        }

        Assert.InRange(low, 1.9, 2.1);
        Assert.InRange(high, 3.9, 4.1);
    }

    [Fact]
    public void Without_refrigeration_the_dew_point_drifts_to_the_inlet_and_comes_back()
    {
        var dryer = new RefrigeratedDryer(RefrigeratedDryerRating.For(1));
        var inlet = Moisture.SaturationRatio(308.15, Pa);

        dryer.Failed = true;
        var soon = Run(60);
        var late = Run(3600);
        dryer.Failed = false;
        var repaired = Run(1800);

        Assert.InRange(soon.DewPointKelvin, 278, 290);
        Assert.InRange(late.DewPointKelvin, 307.5, 308.15);
        Assert.InRange(late.CondensateKg, 0, 2e-4);
        Assert.InRange(repaired.DewPointKelvin, 275, 276.5);
        Assert.True(late.Watts < 0.05 * repaired.Watts);

        DryerFlow Run(int seconds)
        {
            DryerFlow last = default;
            for (var i = 0; i < seconds; i++) last = dryer.Step(1, 0.9, Pa, 308.15, inlet, 303.15);
            return last;
        }
    }

    [Fact]
    public void Dry_air_passes_as_it_is()
    {
        var result = new RefrigeratedDryer(RefrigeratedDryerRating.For(1)).Step(1, 0.5, Pa, 300, 1e-4, 300);

        Assert.Equal(1e-4, result.OutletHumidityRatio);
        Assert.Equal(0, result.CondensateKg);
        Assert.Equal(Moisture.DewPointKelvin(1e-4, Pa), result.DewPointKelvin);
    }

    private static (double Celsius, DryerFlow Last) Settled(double share, double inlet, double ambient, double pa = Pa)
    {
        var dryer = new RefrigeratedDryer(RefrigeratedDryerRating.For(1));
        DryerFlow last = default;
        for (var i = 0; i < 60; i++) last = dryer.Step(60, share, pa, inlet + 273.15, 0.5, ambient + 273.15);
        return (last.DewPointKelvin - 273.15, last);
    }
}
