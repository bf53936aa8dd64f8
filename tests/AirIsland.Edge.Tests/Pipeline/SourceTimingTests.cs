using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Edge.Tests.Metering;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Pipeline;

// ruuvi.gateway_esp.c#120: a gateway that stamps what it measures with the time since its own start.
public class SourceTimingTests
{
    private const long Second = 1000;
    private const long Hour = 3_600_000;

    private static readonly DateTimeOffset Today = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly long TodayMs = Today.ToUnixTimeMilliseconds();
    private static readonly Quality Doubted = Quality.Uncertain(QualityReason.Clock);
    private static readonly Quality Timed = Quality.Uncertain(QualityReason.Substituted);

    private readonly SettableClock _time = new(Today);

    [Fact]
    public void A_device_without_the_time_is_timed_by_its_uptime_once_its_messages_come_as_they_are_measured()
    {
        // The last was on its way for two seconds.
        var scans = Run(Sent(1, TodayMs), Sent(6, TodayMs + (5 * Second)), Sent(11, TodayMs + (12 * Second)));

        Assert.Equal([Second, 6 * Second], scans[..2].Select(s => s.Instant));
        AssertNear(TodayMs + (10 * Second), scans[2]);
        Assert.Equal([Doubted, Doubted, Timed], scans.Select(s => s.Readings[0].Quality));
    }

    [Fact]
    public void A_new_run_of_the_device_is_timed_anew_and_another_device_for_itself()
    {
        var scans = Run(
            [.. Live("7", 1, TodayMs), .. Live("8", 1, TodayMs + Hour), .. Live("7", 9, TodayMs + Hour, "other")]);

        Assert.Equal([Doubted, Timed, Doubted, Timed, Doubted, Timed], scans.Select(s => s.Readings[0].Quality));
        AssertNear(TodayMs + (10 * Second), scans[1]);
        AssertNear(TodayMs + Hour + (10 * Second), scans[3]);
        AssertNear(TodayMs + Hour + (10 * Second), scans[5]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-86_400_000)]
    [InlineData(240_000)]
    public void A_device_that_has_the_time_keeps_it_and_what_it_kept_for_a_day_too(long ahead)
    {
        var scan = Assert.Single(Run(From(TodayMs + ahead, "boot-7", 1_000, TodayMs)));

        Assert.Equal((TodayMs + ahead, Quality.Good), (scan.Instant, scan.Readings[0].Quality));
    }

    [Fact]
    public void A_device_that_is_an_hour_ahead_is_timed_by_its_uptime() =>
        AssertNear(TodayMs + (10 * Second), Run(
            From(TodayMs + Hour, "boot-7", 1_000, TodayMs),
            From(TodayMs + Hour + (10 * Second), "boot-7", 11_000, TodayMs + (10 * Second)))[1]);

    [Fact]
    public void What_had_waited_somewhere_times_no_run_and_is_doubted()
    {
        var scans = Run([Sent(1, null), .. Live("boot-7", 2, TodayMs), Sent(3, null)]);

        Assert.Equal([Doubted, Doubted, Timed, Timed], scans.Select(s => s.Readings[0].Quality));
        Assert.Equal(Second, scans[0].Instant);
        AssertNear(TodayMs + Second, scans[3]);
    }

    // The edge was away for two hours, and its session was not: every second of them comes at once, with pauses for the disk.
    [Theory]
    [InlineData(50)]
    [InlineData(3_000)]
    [InlineData(10_000)]
    [InlineData(60_000)]
    public void What_a_broker_had_queued_times_no_run(long pause)
    {
        var scans = new List<Scan>();
        var arrival = TodayMs;
        for (var second = 1; second <= 7_200; second++)
            scans.Add(Sent(second, arrival += second % 400 == 0 ? pause : 5));
        // What is measured while the queue comes waits behind it.
        var measured = TodayMs - (7_200 * Second);
        var next = (int)((arrival - measured) / Second) + 1;
        for (var second = next; second < next + 60; second++) scans.Add(Sent(second, measured + (second * Second)));

        var timed = Run([.. scans]);

        Assert.All(timed[..7_200], s => Assert.Equal(Doubted, s.Readings[0].Quality));
        Assert.Equal(Timed, timed[^1].Readings[0].Quality);
        Assert.All(timed[7_200..].Zip(scans[7_200..]).Where(p => p.First.IsTimedByUptime), p =>
            AssertNear(p.Second.Source!.Received!.Value, p.First));
    }

    [Fact]
    public void What_a_broker_had_queued_is_timed_by_the_run_that_is_known()
    {
        var queued = Enumerable.Range(1, 7_200).Select(i => Sent(100 + i, TodayMs + (2 * Hour) + i)).ToList();

        var scans = Run([.. Live("boot-7", 90, TodayMs - (10 * Second)), .. queued]);

        for (var i = 1; i <= 7_200; i++) AssertNear(TodayMs + (i * Second), scans[i + 1], within: 1000);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    public void A_crystal_that_is_off_is_followed(int partsPerMillion)
    {
        var sent = Enumerable.Range(0, 2 * 1440).Select(minute =>
        {
            var (uptime, passed) = (minute * 60 * Second, minute * (60 * Second + (60 * partsPerMillion / 1000)));
            return From(uptime, "boot-7", uptime, TodayMs + passed + 20 + (minute % 7));
        }).ToArray();

        var last = Run(sent)[^1];

        AssertNear(sent[^1].Source!.Received!.Value, last, within: 100);
    }

    [Fact]
    public void Two_messages_of_one_uptime_are_two_reads_in_their_order()
    {
        var scans = Run([.. Live("boot-7", 1, TodayMs), Sent(12, TodayMs + 11_100), Sent(12, TodayMs + 11_600)]);

        AssertNear(TodayMs + 11_000, scans[2]);
        Assert.Equal(scans[2].Instant + 1, scans[3].Instant);
    }

    [Fact]
    public void A_later_uptime_is_a_later_read_although_the_run_proves_to_have_begun_earlier()
    {
        // All but the last were on their way for two seconds.
        var scans = Run([.. Live("boot-7", 1, TodayMs + 2_000), Sent(12, TodayMs + 11_000), Sent(15, TodayMs + 14_000)]);

        Assert.Equal(scans[1].Instant + 1, scans[2].Instant);
        AssertNear(TodayMs + 14_000, scans[3]);
    }

    [Fact]
    public void A_run_whose_uptime_begins_anew_under_its_old_name_is_timed_anew()
    {
        const long Wrap = 4_294_967;
        var scans = Run([.. Live("boot-7", Wrap - 20, TodayMs), .. Live("boot-7", 1, TodayMs + Hour)]);

        Assert.Equal([Doubted, Timed, Doubted, Timed], scans.Select(s => s.Readings[0].Quality));
        AssertNear(TodayMs + Hour + (10 * Second), scans[3]);
    }

    [Fact]
    public void When_the_clock_of_the_edge_was_set_runs_are_timed_anew()
    {
        var scans = Run(Scans());

        Assert.Equal([Doubted, Timed, Doubted, Timed], scans.Select(s => s.Readings[0].Quality));
        AssertNear(TodayMs + Hour + (30 * Second), scans[3]);

        IEnumerable<Scan> Scans()
        {
            foreach (var scan in Live("boot-7", 1, TodayMs)) yield return scan;
            _time.Set(Today.AddHours(1));
            foreach (var scan in Live("boot-7", 21, TodayMs + Hour + (20 * Second))) yield return scan;
        }
    }

    [Fact]
    public void An_edge_without_the_time_puts_no_other_clock_right()
    {
        _time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));

        Assert.Equal(TodayMs, Assert.Single(Run(From(TodayMs, "boot-7", 1_000, 600_000))).Instant);
    }

    private List<Scan> Run(params IEnumerable<Scan> scans)
    {
        var clock = new SiteClock(_time, new(), new(), new LogLines<SiteClock>());
        return [.. Come().ToObservable().TimeByUptime(clock).CheckClock(clock).MarkClock().ToEnumerable()];

        IEnumerable<Scan> Come()
        {
            foreach (var scan in scans)
            {
                var rest = (scan.Source?.Received ?? 0) - _time.GetUtcNow().ToUnixTimeMilliseconds();
                if (rest > 0) _time.Advance(TimeSpan.FromMilliseconds(rest));
                yield return scan;
            }
        }
    }

    private static void AssertNear(long instant, Scan scan, long within = 20) =>
        Assert.InRange(scan.Instant - instant, -within, within);

    /// <summary>Two messages ten seconds apart, as they are measured.</summary>
    private static Scan[] Live(string boot, long uptime, long received, string device = "gateway") =>
    [
        From(uptime * Second, boot, uptime * Second, received, device),
        From((uptime + 10) * Second, boot, (uptime + 10) * Second, received + (10 * Second), device),
    ];

    private static Scan Sent(long uptime, long? received) => From(uptime * Second, "boot-7", uptime * Second, received);

    private static Scan From(long instant, string boot, long uptime, long? received, string device = "gateway") => new(
        $"{device}/fast", instant, ScanContent.Levels, [new(0, 70, Quality.Good)], new("topic", instant, () => { }))
    {
        Source = new(device, boot, uptime, received),
    };
}
