using AirIsland.Edge.Pipeline;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Pipeline;

public class JudgementsChangeTests
{
    // telegraf#8151: registers read one off gave voltages that looked right.
    [Fact]
    public void A_spike_is_doubted_and_what_follows_it_is_not()
    {
        // 0.05 MPa a second are five counts.
        Assert.Equal([false, false, true, false, false], TooFast((0, 70), (1, 75), (2, 140), (3, 76), (4, 71)));
    }

    [Fact]
    public void A_step_that_lasts_is_believed_when_the_time_allows_it()
    {
        Assert.Equal([false, true, true, true, false, false], TooFast((0, 70), (1, 90), (2, 90), (3, 90), (4, 90), (5, 91)));
    }

    [Fact]
    public void A_change_of_one_count_is_never_too_fast()
    {
        Assert.Equal([false, false], TooFast((0, 70), (0.001, 71)));
    }

    [Fact]
    public void A_level_that_does_not_move_for_its_time_is_frozen_until_it_moves()
    {
        var readings = new Readings(new() { FrozenAfter = TimeSpan.FromSeconds(10) });

        var judged = readings.Levels(
            s => s.CheckFrozen(readings.Tags), (0, 70), (9, 70), (9.5, null), (10, 70), (11, 70), (12, 71), (21, 71), (22, 71));

        Assert.Equal([10, 11, 22], judged.Where(j => j.Reason == QualityReason.Frozen).Select(j => j.At));
        Assert.Equal([70, 70, 71], judged.Where(j => j.Reason == QualityReason.Frozen).Select(j => j.Count ?? -1));
    }

    [Fact]
    public void Only_a_point_that_asks_for_it_can_freeze()
    {
        var readings = new Readings();

        Assert.All(readings.Levels(s => s.CheckFrozen(readings.Tags), (0, 70), (1e9, 70)), j => Assert.Equal(Readings.Good, j.Reason));
    }

    private static bool[] TooFast(params (double At, long? Count)[] read)
    {
        var readings = new Readings(new() { MaxRate = 0.05m });
        var judged = readings.Levels(s => s.CheckRate(readings.Tags), read);
        Assert.Equal(read.Select(r => r.Count), judged.Select(j => j.Count));
        return [.. judged.Select(j => j.Reason == QualityReason.OutOfRange)];
    }
}
