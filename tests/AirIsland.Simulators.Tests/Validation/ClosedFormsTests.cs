using AirIsland.Simulators.Validation;

namespace AirIsland.Simulators.Tests.Validation;

public class ClosedFormsTests
{
    /// <summary>Published ideal specific powers, kW/(m³/min), inlet 100 kPa and 20 °C.</summary>
    [Theory]
    [InlineData(0.3, 1, 2.835)]
    [InlineData(0.5, 1, 3.900)]
    [InlineData(0.6, 1, 4.338)]
    [InlineData(0.7, 1, 4.733)]
    [InlineData(0.8, 1, 5.095)]
    [InlineData(1.0, 1, 5.740)]
    [InlineData(1.25, 1, 6.437)]
    [InlineData(0.7, 2, 4.036)]
    [InlineData(1.0, 2, 4.766)]
    public void Ideal_specific_power_is_the_published_one(double gaugeMPa, int stages, double kilowatts) =>
        Assert.Equal(kilowatts, ClosedForms.IdealSpecificPower(gaugeMPa, stages), 0.0006);

    [Fact]
    public void A_choked_hole_passes_what_the_published_constant_says_and_no_jump_leads_out_of_choking()
    {
        // q = 0.0019863·C_d·A·p₀ at 20 °C, m³/s.
        var constant = 0.0019863 * 0.65 * Math.PI / 4 * 36e-6 * 801_325 * 60;
        Assert.Equal(constant, ClosedForms.HoleM3PerMin(6, 801_325, 101_325, 293.15, 0.65), constant * 1e-4);

        var critical = 101_325 / 0.528282;
        var above = ClosedForms.HoleM3PerMin(6, critical * 1.00001, 101_325, 293.15, 0.65);
        var below = ClosedForms.HoleM3PerMin(6, critical * 0.99999, 101_325, 293.15, 0.65);
        Assert.Equal(above, below, above * 1e-4);
        Assert.Equal(0, ClosedForms.HoleM3PerMin(6, 101_325, 101_325, 293.15, 0.65), 12);
    }

    [Fact]
    public void A_bleed_down_of_an_isothermal_vessel_is_exact()
    {
        // S falls as e^(−t/τ): 15 m³ at 8 bar, τ = 4000 s; the leak at first is S/τ.
        var first = ClosedForms.StoredM3(15, 800_000, 293.15);
        Assert.Equal(120, first, 9);
        var last = first * Math.Exp(-450 / 4000.0);

        Assert.Equal(120 / 4000.0 * 60, ClosedForms.BleedDownM3PerMin(first, last, 450, 290, 290), 9);
    }

    /// <summary>At 1000 cfm the regression is 0.776 and 0.750; a d of −15 takes 15 % of what is missing to 1, of −10 10 %.</summary>
    [Theory]
    [InlineData(false, false, 0.742)]
    [InlineData(true, false, 0.725)]
    [InlineData(false, true, 0.769)]
    public void The_American_efficiency_is_the_published_regression(bool isVariable, bool isLiquid, double efficiency) =>
        Assert.Equal(efficiency, ClosedForms.AmericanEfficiency(28.3168, isVariable, isLiquid), 0.001);
}
