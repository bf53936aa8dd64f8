using AirIsland.Simulators.Physics.Climate;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Climate;

public sealed class MoistAirTests
{
    [Theory]
    [InlineData(0, 611)]
    [InlineData(20, 2333)]
    [InlineData(35, 5613)]
    public void Saturation_is_that_of_the_tables(double celsius, double pa) =>
        Assert.InRange(MoistAir.SaturationPa(celsius) / pa, 0.999, 1.001);

    [Fact]
    public void The_dew_point_undoes_saturation() =>
        Gen.Double[-40, 60].Sample(celsius => Math.Abs(MoistAir.DewPointCelsius(MoistAir.SaturationPa(celsius)) - celsius) < 1e-9);

    // A chart of moist air at one atmosphere.
    [Theory]
    [InlineData(20, 0.5, 13.8)]
    [InlineData(30, 0.5, 22.0)]
    [InlineData(35, 0.7, 30.0)]
    [InlineData(10, 0.8, 8.2)]
    [InlineData(25, 1.0, 25.0)]
    public void The_wet_bulb_is_that_of_the_chart(double celsius, double humidity, double wetBulb) =>
        Assert.Equal(wetBulb, MoistAir.WetBulbCelsius(celsius, humidity * MoistAir.SaturationPa(celsius), 101_325), 0.3);

    [Fact]
    public void The_wet_bulb_solves_its_formula_between_dew_point_and_dry_bulb() =>
        Gen.Select(Gen.Double[-15, 45], Gen.Double[0.05, 1], Gen.Double[80_000, 105_000]).Sample((celsius, humidity, pa) =>
        {
            var vapour = humidity * MoistAir.SaturationPa(celsius);
            var wet = MoistAir.WetBulbCelsius(celsius, vapour, pa);
            var residual = MoistAir.SaturationPa(wet) - 6.53e-4 * (1 + 9.44e-4 * wet) * pa * (celsius - wet) - vapour;
            return wet <= celsius && wet >= MoistAir.DewPointCelsius(vapour) - 1e-6 && Math.Abs(residual) < 1e-6 * vapour + 1e-6;
        });

    [Fact]
    public void Pressure_falls_with_altitude_as_in_the_standard_atmosphere() =>
        Assert.Equal(0.8870, MoistAir.BarometricRatio(1000), 4);
}
