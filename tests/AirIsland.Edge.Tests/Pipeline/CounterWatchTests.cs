using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Pipeline;

// evcc#30267, home-energy-manager#165/#171, esphome#15280/#15286: a zero that was none, a reset that was one, a turn-over taken for it.
public class CounterWatchTests
{
    [Fact]
    public void A_transient_zero_is_marked_and_the_read_after_it_is_not()
    {
        Assert.Equal([false, true, false, false], Suspects(500, 0, 501, 502));
    }

    [Fact]
    public void A_reset_is_believed_when_three_reads_count_on_from_it()
    {
        Assert.Equal([false, true, true, false, false], Suspects(500, 0, 1, 2, 3));
    }

    [Fact]
    public void Noise_below_the_old_count_confirms_nothing()
    {
        Assert.Equal([false, true, true, true, true, false], Suspects(500, 40, 30, 20, 21, 22));
    }

    [Fact]
    public void A_turn_over_is_a_small_step_over_the_end_of_the_register()
    {
        Assert.Equal([false, false, false], Suspects(9_990, 5, 6));
        // From the middle of the range nothing turns over.
        Assert.Equal([false, true], Suspects(5_000, 5));
    }

    // thingsboard#1769: what came late rolled back what was known.
    [Fact]
    public void A_read_that_comes_late_and_says_so_is_not_held_against_what_came_before_it()
    {
        var readings = new Readings();
        var late = new Quality(QualityLevel.Good, QualityReason.Historical);

        Scan Late(Scan scan) => scan with { Readings = [.. scan.Readings.Select(r => r with { Quality = late })] };

        var judged = readings.Registers(
            s => s.Select(x => x.Instant == 2_000 ? Late(x) : x).WatchRegisters(readings.Tags), (0, 500), (1, 510), (2, 400), (3, 520));

        Assert.Equal([Readings.Good, Readings.Good, QualityReason.Historical, Readings.Good], judged.Select(j => j.Reason));
    }

    [Fact]
    public void A_register_without_an_end_never_turns_over()
    {
        Assert.Equal([false, true], Suspects(new Readings(modulus: null), 9_990, 5));
    }

    [Fact]
    public void A_step_faster_than_the_meter_can_is_marked_and_nothing_after_it()
    {
        var readings = new Readings(new() { MaxRate = 2m });

        Assert.Equal([false, false, true, false, false], Suspects(readings, 500, 502, 9_000, 503, 505));
    }

    [Fact]
    public void What_may_have_passed_in_an_outage_is_no_doubt()
    {
        var readings = new Readings(new() { MaxRate = 2m });
        var judged = readings.Registers(s => s.WatchRegisters(readings.Tags), (0, 500), (3600, 7_000), (3601, 7_010));

        Assert.Equal([Readings.Good, Readings.Good, QualityReason.SuspectRegister], judged.Select(j => j.Reason));
    }

    [Fact]
    public void No_read_is_dropped_or_repaired_and_a_bad_one_changes_nothing()
    {
        var readings = new Readings();
        (double, long?)[] read = [(0, 500), (1, null), (2, 0), (3, null), (4, 501)];

        var judged = readings.Registers(s => s.WatchRegisters(readings.Tags), read);

        Assert.Equal(read.Select(r => r.Item2), judged.Select(j => j.Count));
        Assert.Equal(
            [Readings.Good, QualityReason.Communication, QualityReason.SuspectRegister, QualityReason.Communication, Readings.Good],
            judged.Select(j => j.Reason));
    }

    private static bool[] Suspects(params long[] counts) => Suspects(new Readings(), counts);

    private static bool[] Suspects(Readings readings, params long[] counts)
    {
        var judged = readings.Registers(s => s.WatchRegisters(readings.Tags), [.. counts.Select((c, i) => ((double)i, (long?)c))]);
        Assert.Equal(counts, judged.Select(j => j.Count ?? -1));
        return [.. judged.Select(j => j.Reason == QualityReason.SuspectRegister)];
    }
}
