using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Treatment;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Treatment;

public sealed class AftercoolerTests
{
    private const double Pa = 801_325;

    [Fact]
    public void Water_that_enters_leaves_or_is_condensed() =>
        Gen.Select(Gen.Double[0, 1.5], Gen.Double[290, 380], Gen.Double[0, 0.04], Gen.Double[0.1, 60]).Array[200].Sample(steps =>
        {
            var cooler = new Aftercooler(1);
            double waterIn = 0, waterOut = 0;
            foreach (var (flow, kelvin, ratio, seconds) in steps)
            {
                waterIn += flow * seconds * ratio;
                waterOut += flow * seconds * cooler.Step(seconds, flow, Pa, kelvin, ratio, 303.15).OutletHumidityRatio;
            }
            return Math.Abs(waterIn - waterOut - cooler.CondensedKg) <= 1e-9 * waterIn;
        }, iter: 50);

    [Fact]
    public void It_cools_to_its_approach_and_gives_the_heat_of_air_and_water()
    {
        var cooler = new Aftercooler(1, approachKelvin: 10);
        var intake = Moisture.IntakeRatio(0.8, 303.15, 101_325);

        var clean = cooler.Step(1, 1, Pa, 358.15, intake, 303.15);
        cooler.Fouling = 2;
        var fouled = cooler.Step(1, 1, Pa, 358.15, intake, 303.15);

        Assert.Equal(313.15, clean.OutletKelvin, 1e-9);
        Assert.Equal(323.15, fouled.OutletKelvin, 1e-9);
        Assert.InRange(clean.HeatWatts, 45 * DryAir.Cp, 45 * DryAir.Cp + 2.45e6 * intake);
        Assert.True(fouled.CondensateKg < clean.CondensateKg);
    }

    [Fact]
    public void It_never_warms_the_air() => Assert.Equal(295, new Aftercooler(1).Step(1, 1, Pa, 295, 0.001, 303.15).OutletKelvin);
}
