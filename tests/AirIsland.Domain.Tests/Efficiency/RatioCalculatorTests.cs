using AirIsland.Domain.Efficiency;
using AirIsland.Quantities;
using NodaTime;
using static AirIsland.Domain.Tests.Metering.Registers;

namespace AirIsland.Domain.Tests.Efficiency;

public sealed class RatioCalculatorTests
{
    [Fact]
    public void Ratio_is_energy_over_volume_at_the_stated_reference_state()
    {
        var ratio = Calculator([(0, 1000), (60, 1108)], [(0, 50_000), (60, 51_000)]).Over(new(Minute(0), Minute(60)));

        Assert.Equal(108m, ratio.Energy?.KilowattHours);
        Assert.Equal(931.78m, Math.Round(ratio.Volume.GetValueOrDefault().CubicMetres, 2, MidpointRounding.ToEven));
        Assert.Equal(0.11591m, Math.Round(ratio.Ratio.GetValueOrDefault().KilowattHoursPerCubicMetre, 5, MidpointRounding.ToEven));
        Assert.Equal(ReferenceState.Normal, ratio.Ratio?.State);
    }

    [Fact]
    public void Ratio_is_of_the_part_that_all_registers_cover()
    {
        var ratio = Calculator([(10, 1000), (60, 1100)], [(0, 0), (50, 1000)]).Over(new(Minute(0), Minute(60)));

        Assert.Equal(new Interval(Minute(10), Minute(50)), ratio.Covered);
        Assert.Equal(80m, ratio.Energy?.KilowattHours);
        Assert.Equal(QualityLevel.Uncertain, ratio.Quality.Level);
    }

    [Fact]
    public void Ratio_is_unknown_when_no_air_was_delivered()
    {
        var ratio = Calculator([(0, 1000), (60, 1010)], [(0, 5), (60, 5)]).Over(new(Minute(0), Minute(60)));

        Assert.Null(ratio.Ratio);
        Assert.Equal("no air was delivered", ratio.Unknown);
    }

    [Fact]
    public void Ratio_is_unknown_when_a_register_ran_backwards()
    {
        var ratio = Calculator([(0, 1000), (30, 900), (60, 1010)], [(0, 5), (60, 50)]).Over(new(Minute(0), Minute(60)));

        Assert.Contains("backwards", ratio.Unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void Ratio_is_unknown_without_reads()
    {
        Assert.NotNull(Calculator([], [(0, 5), (60, 50)]).Over(new(Minute(0), Minute(60))).Unknown);
        Assert.NotNull(new RatioCalculator([], [], ReferenceState.Normal).Over(new(Minute(0), Minute(60))).Unknown);
        Assert.NotNull(Calculator([(0, 1), (60, 2)], [(0, 5), (60, 50)]).Over(new(Minute(90), Minute(120))).Unknown);
    }

    private static RatioCalculator Calculator((double, long)[] energy, (double, long)[] volume) =>
        new([Series(Energy(), energy)], [Series(Volume(), volume)], ReferenceState.Normal);
}
