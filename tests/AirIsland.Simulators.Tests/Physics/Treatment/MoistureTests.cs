using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Treatment;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Treatment;

public sealed class MoistureTests
{
    private const double LinePa = 801_325;

    [Theory]
    [InlineData(10, 1.14, -17.5)]
    [InlineData(7, 0.93, -19.9)]
    [InlineData(3, 0.70, -23.1)]
    [InlineData(0, 0.57, -25.5)]
    [InlineData(-20, 0.12, -41.7)]
    [InlineData(-40, 0.018, -58.1)]
    public void Pressure_dew_point_is_water_content_and_atmospheric_dew_point(double celsius, double gramsPerM3, double atmospheric)
    {
        var ratio = Moisture.SaturationRatio(celsius + 273.15, LinePa);

        // The tables round to two digits and take 1 % more water than the ideal gas of this state.
        Assert.InRange(Moisture.GramsPerFadM3(ratio), gramsPerM3 * 0.965, gramsPerM3 * 1.03);
        Assert.Equal(atmospheric, Moisture.DewPointKelvin(ratio, 101_325) - 273.15, 0.15);
    }

    [Theory]
    [InlineData(-20, 126)]
    [InlineData(0, 611)]
    [InlineData(10, 1226)]
    [InlineData(35, 5613)]
    public void Saturation_pressure_is_that_of_Magnus(double celsius, double pascals) =>
        Assert.Equal(pascals, Moisture.SaturationPa(celsius + 273.15), 0.5);

    [Fact]
    public void A_dew_point_and_its_water_content_are_one_thing() =>
        Gen.Select(Gen.Double[-60, 60], Gen.Double[1e5, 2e6]).Sample((celsius, pa) =>
            Math.Abs(Moisture.DewPointKelvin(Moisture.SaturationRatio(celsius + 273.15, pa), pa) - 273.15 - celsius) < 1e-9);

    [Fact]
    public void Compressing_air_squeezes_the_water_out()
    {
        var intake = Moisture.IntakeRatio(0.7, 293.15, 101_325);

        // 0.0126 kg/m³ at 20 °C and 70 %, 0.0062 held at 8 bar and 40 °C: the worked example of engineeringtoolbox.com, d_1275.
        Assert.Equal(12.2, Moisture.GramsPerFadM3(intake), 0.4);
        Assert.Equal(6.4, Moisture.GramsPerFadM3(Moisture.Condensate(intake, 313.15, 901_325)), 0.4);
        Assert.Equal(0, Moisture.Condensate(intake, 313.15, 101_325));
    }

    [Fact]
    public void A_cubic_metre_FAD_holds_1_1884_kg() => Assert.Equal(1.1884, DryAir.KgPerFadM3, 1e-4);

    [Theory]
    [InlineData(20, 0.50, 13.7)] // the paper's own example
    [InlineData(30, 0.50, 22.3)]
    [InlineData(35, 0.70, 30.0)]
    public void Wet_bulb_is_that_of_Stull(double celsius, double humidity, double wetBulb) =>
        Assert.Equal(wetBulb, WetBulb.Kelvin(celsius + 273.15, humidity) - 273.15, 0.3);
}
