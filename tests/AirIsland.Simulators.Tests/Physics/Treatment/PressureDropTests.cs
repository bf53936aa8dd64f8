using AirIsland.Simulators.Physics.Treatment;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Treatment;

public sealed class PressureDropTests
{
    private static readonly IPressureDrop[] All =
    [
        new RefrigeratedDryer(RefrigeratedDryerRating.For(1)),
        new DesiccantDryer(DesiccantDryerRating.Heatless(1)),
        new Filter(1),
        new Aftercooler(1),
        new FlowResistance(15_000, 1, 801_325, 308.15),
    ];

    [Fact]
    public void The_slope_is_the_derivative_of_the_drop_and_never_0() =>
        Gen.Select(Gen.Int[0, All.Length - 1], Gen.Double[-2, 2], Gen.Double[2e5, 1.5e6]).Sample((index, flow, pa) =>
        {
            const double h = 1e-6;
            var element = All[index];
            var slope = element.DropSlope(flow, pa, 300);
            var numeric = (element.DropPa(flow + h, pa, 300) - element.DropPa(flow - h, pa, 300)) / (2 * h);
            return slope > 0 && Math.Abs(slope - numeric) <= 1e-4 * slope;
        });

    [Fact]
    public void The_drop_is_that_of_the_data_sheet_and_quadratic_and_less_in_dense_air()
    {
        var element = new FlowResistance(15_000, 2, 801_325, 308.15);

        Assert.Equal(15_000, element.DropPa(2, 801_325, 308.15), 1e-6);
        Assert.Equal(-15_000, element.DropPa(-2, 801_325, 308.15), 1e-6);
        Assert.Equal(15_000 / 4.0, element.DropPa(1, 801_325, 308.15), 5.0);
        Assert.Equal(15_000 / 2.0, element.DropPa(2, 2 * 801_325, 308.15), 1e-6);
        Assert.Equal(0, element.DropPa(0, 801_325, 308.15));
    }

    [Fact]
    public void A_filter_clogs_by_what_has_passed_and_is_new_again_when_changed()
    {
        var filter = new Filter(1, 10_000, 35_000, 8000 * 3600.0);
        Assert.Equal(10_000, filter.DropPa(1, 801_325, 308.15), 1e-6);

        for (var hour = 0; hour < 8000; hour++) filter.Step(3600, 1);
        Assert.Equal(35_000, filter.DropPa(1, 801_325, 308.15), 35.0);

        for (var hour = 0; hour < 8000; hour++) filter.Step(3600, 0);
        Assert.Equal(3.5, filter.Clogging, 1e-9);

        filter.Replace();
        Assert.Equal(10_000, filter.DropPa(1, 801_325, 308.15), 1e-6);
        Assert.Equal(1, filter.Changes);
    }

    [Fact]
    public void A_blocked_filter_costs_more_until_it_is_cleared()
    {
        var filter = new Filter(1);

        filter.Block(8);
        Assert.Equal(80_000, filter.DropPa(1, 801_325, 308.15), 1e-6);
        filter.Block(1);
        Assert.Equal(10_000, filter.DropPa(1, 801_325, 308.15), 1e-6);
        filter.Block(8);
        filter.Replace();
        Assert.Equal(1, filter.Clogging);
    }
}
