using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations;
using AirIsland.Simulators.Validation;

namespace AirIsland.Simulators.Tests.Validation;

public class ClaimsCanFailTests
{
    [Fact]
    public void A_machine_that_needs_less_than_isentropic_is_found()
    {
        // No part can be made so: the spec refuses it, so the measured point is made up.
        var point = new RatedPoint(FlowM3PerMin: 19.5, Kilowatts: 19.5 * 4.6, ShaftKilowatts: 85);

        var efficiency = Assert.Single(MachineClaims.Efficiencies(CompressorCatalogue.ScrewLoadUnload, point));
        Assert.True(efficiency.Value > 1);
        Assert.False(efficiency.Holds);
        Assert.Throws<ArgumentException>(() => RatedPoint.Measure(CompressorCatalogue.ScrewLoadUnload with { SpecificPower = 4.6 }));
    }

    [Fact]
    public void A_machine_a_tenth_better_than_grade_1_is_found_and_one_that_may_not_be_sold_too()
    {
        Assert.False(Efficiency(CompressorCatalogue.TwoStageLoadUnload with { SpecificPower = 4.8 }).Holds);

        var bad = MachineClaims.Of(CompressorCatalogue.ScrewLoadUnload with { SpecificPower = 6.9 }).First();
        Assert.False(bad.Holds);
        Assert.EndsWith("no grade", bad.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_speed_is_graded_by_its_weighted_figure_not_by_full_flow()
    {
        var claim = MachineClaims.Of(CompressorCatalogue.ScrewVariableSpeed).First();

        Assert.Equal("specific power, weighted", claim.Figure);
        // At full flow 6.05 would be grade 2.
        Assert.InRange(claim.Value, 5.95, 6.0);
        Assert.EndsWith("grade 1", claim.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_turns_down_to_70_percent_only_has_no_weighted_figure()
    {
        var claims = MachineClaims.Of(CompressorCatalogue.ScrewVariableSpeed with { TurnDownShare = 0.7 }).ToList();

        Assert.False(claims.Single(c => c.Figure == "flow off the load points").Holds);
    }

    [Fact]
    public void A_machine_without_a_row_in_the_copy_does_not_hold_by_silence() =>
        Assert.False(MachineClaims.Of(CompressorCatalogue.ScrewLoadUnload with { RatedFlowM3PerMin = 5 }).First().Holds);

    [Fact]
    public void A_machine_that_follows_another_control_than_it_says_is_found()
    {
        var cycling = PartLoadCurve.Of(CompressorCatalogue.ScrewLoadUnload);
        var honest = PartLoadClaims.Of(cycling.Machine, PartLoadClaims.Rows(cycling));
        var mislabelled = cycling with { Machine = CompressorCatalogue.ScrewModulation };

        Assert.True(honest.Holds);
        Assert.False(PartLoadClaims.Of(mislabelled.Machine, PartLoadClaims.Rows(mislabelled)).Holds);
    }

    [Theory]
    [InlineData(6, 6, true)]
    [InlineData(6, 6.06, false)]
    [InlineData(6, 5.9, false)]
    public void A_bleed_down_tells_a_hole_from_one_a_percent_wider(double holeMm, double claimedMm, bool holds) =>
        Assert.Equal(holds, LeakClaims.BleedDown(holeMm, claimedMm).Holds);

    [Fact]
    public void A_bleed_down_without_thermometers_is_wrong()
    {
        var test = BleedDown.Run(ProvingStations.Holed(6));

        Assert.True(test.WithoutThermometerM3PerMin > 1.1 * test.FoundM3PerMin);
    }

    [Fact]
    public void A_tight_station_cannot_be_bled_down() =>
        Assert.Throws<InvalidOperationException>(() => BleedDown.Run(ProvingStations.Holed(0)));

    [Fact]
    public void A_station_that_loses_more_than_its_hole_is_found_by_its_loaded_time()
    {
        var one = DutyTest.Run(ProvingStations.Holed(6));
        var spec = ProvingStations.Holed(6);
        var two = DutyTest.Run(spec with { Leaks = [.. spec.Leaks, new() { Id = "other", Place = Station.WetReceiver, DiameterMm = 3 }] });

        Assert.InRange(two.FoundM3PerMin / one.FoundM3PerMin, 1.2, 1.3);
    }

    private static Claim Efficiency(CompressorSpec machine) => MachineClaims.Of(machine).Single(c => c.Figure == "isentropic efficiency");
}
