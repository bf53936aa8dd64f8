using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Tests.Metering;

public class SlotGridTests
{
    [Theory]
    [InlineData(60_000, 0, 119_999, 60_000)]
    [InlineData(60_000, 0, 120_000, 120_000)]
    [InlineData(900_000, 0, 1_000_000, 900_000)]
    [InlineData(10_000, 0, 12_000, 20_000)]
    [InlineData(1_000, 300, 12_000, 12_300)]
    public void What_is_read_seldom_begins_with_the_slot_that_has_passed(long period, long phase, long now, long first) =>
        Assert.Equal(first, new SlotGrid(period, phase).First(now));

    [Theory]
    [InlineData(0, 300)]
    [InlineData(299, 300)]
    [InlineData(300, 1_300)]
    [InlineData(-701, -700)]
    [InlineData(-700, 300)]
    public void Slots_lie_a_phase_behind_the_multiples_of_the_period(long instant, long after)
    {
        var grid = new SlotGrid(1_000, 300);

        Assert.Equal(after, grid.After(instant));
        Assert.Equal(after - 1_000, grid.UpTo(instant));
    }
}
