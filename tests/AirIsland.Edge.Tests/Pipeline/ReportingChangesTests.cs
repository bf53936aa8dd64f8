using System.Reactive.Linq;
using AirIsland.Edge.Pipeline;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests.Pipeline;

public class ReportingChangesTests
{
    [Fact]
    public void A_level_within_its_deadband_gives_no_sample_and_one_beyond_it_does()
    {
        Assert.Equal([(0, 70), (3, 73), (5, 70)], Report(new() { Deadband = 0.02m }, (0, 70), (1, 72), (2, 68), (3, 73), (4, 71), (5, 70)));
    }

    // thingsboard-gateway#2119: an old value was sent again with the time of now. OpenEMS#2360: values came at 300.001 s.
    [Fact]
    public void After_the_longest_interval_the_reading_of_that_moment_is_a_sample_never_an_old_one()
    {
        var change = new ChangeRules { Deadband = 0.02m, MaxInterval = TimeSpan.FromSeconds(10) };

        Assert.Equal([(0, 70), (10, 72), (21, 71)], Report(change, (0, 70), (4, 71), (9.999, 71), (10, 72), (19, 71), (21, 71)));
    }

    [Fact]
    public void A_deadband_in_percent_is_of_the_range()
    {
        // 1.6 MPa in steps of 0.01: two percent are 3.2 counts.
        Assert.Equal([(0, 70), (2, 74)], Report(new() { DeadbandPercent = 2m }, (0, 70), (1, 73), (2, 74)));
    }

    [Fact]
    public void A_change_of_quality_always_passes()
    {
        Assert.Equal(
            [(0, 70), (1, null), (3, 70)],
            Report(new() { Deadband = 0.02m }, (0, 70), (1, null), (2, null), (3, 70), (4, 70)));
        var readings = new Readings(new() { Deadband = 5m });
        var judged = readings.Levels(s => s.CheckRange(readings.Tags).ReportChanges(readings.Tags), (0, 160), (1, 161), (2, 162), (3, 160));
        Assert.Equal([(0d, 160L), (1, 161), (3, 160)], judged.Select(j => (j.At, j.Count ?? -1)));
    }

    [Fact]
    public void Without_a_deadband_every_scan_is_a_sample()
    {
        Assert.Equal([(0, 70), (1, 70), (2, 70)], Report(new(), (0, 70), (1, 70), (2, 70)));
    }

    [Fact]
    public void Register_reads_bypass_the_deadband()
    {
        var readings = new Readings(new() { Deadband = 0.02m });

        Assert.Equal(3, readings.Registers(s => s.ReportChanges(readings.Tags), (0, 500), (1, 500), (2, 500)).Count);
    }

    [Fact]
    public void A_clock_that_is_set_back_reports_anew()
    {
        Assert.Equal([(1000, 70), (10, 70)], Report(new() { Deadband = 0.02m }, (1000, 70), (10, 70), (11, 70)));
    }

    [Fact]
    public void A_scan_that_says_nothing_new_still_hands_its_receipt_on()
    {
        var readings = new Readings(new() { Deadband = 0.02m });
        var receipts = 0;
        readings.Levels(
            s => Observable.Do(
                s.Select(x => x with { Receipt = new("topic", null, () => { }) }).ReportChanges(readings.Tags),
                x => receipts += x.Receipt is null ? 0 : 1),
            (0, 70), (1, 70), (2, 70));

        Assert.Equal(3, receipts);
    }

    private static List<(double, long?)> Report(ChangeRules change, params (double At, long? Count)[] read)
    {
        var readings = new Readings(change);
        return [.. readings.Levels(s => s.ReportChanges(readings.Tags), read).Select(r => (r.At, r.Count))];
    }
}
