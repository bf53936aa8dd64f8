using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Edge.Tests.Metering;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Pipeline;

// ruuvi.gateway_esp.c#120: a gateway that stamps what it measures with the time since its own start.
public class SourceTimingTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly long TodayMs = Today.ToUnixTimeMilliseconds();

    private readonly SettableClock _time = new(Today);

    [Fact]
    public void A_device_without_the_time_is_timed_by_its_uptime_since_its_first_message()
    {
        // The second was on its way for two seconds.
        var scans = Run(From(1_000, "boot-7", 1_000, TodayMs), From(11_000, "boot-7", 11_000, TodayMs + 12_000));

        Assert.Equal([TodayMs, TodayMs + 10_000], scans.Select(s => s.Instant));
        Assert.All(scans, s => Assert.Equal(Quality.Uncertain(QualityReason.Substituted), s.Readings[0].Quality));
    }

    [Fact]
    public void A_new_run_of_the_device_is_timed_anew_and_another_device_for_itself()
    {
        var scans = Run(
            From(1_000, "7", 1_000, TodayMs), From(500, "8", 500, TodayMs + 60_000), From(9_000, "7", 9_000, TodayMs + 61_000, "other"));

        Assert.Equal([TodayMs, TodayMs + 60_000, TodayMs + 61_000], scans.Select(s => s.Instant));
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
        Assert.Equal(TodayMs, Assert.Single(Run(From(TodayMs + 3_600_000, "boot-7", 1_000, TodayMs))).Instant);

    [Fact]
    public void What_had_waited_somewhere_times_no_run_and_is_doubted()
    {
        var scans = Run(From(1_000, "boot-7", 1_000, null), From(2_000, "boot-7", 2_000, TodayMs), From(3_000, "boot-7", 3_000, null));

        Assert.Equal([1_000, TodayMs, TodayMs + 1_000], scans.Select(s => s.Instant));
        Assert.Equal(Quality.Uncertain(QualityReason.Clock), scans[0].Readings[0].Quality);
    }

    [Fact]
    public void An_edge_without_the_time_puts_no_other_clock_right()
    {
        _time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));

        Assert.Equal(TodayMs, Assert.Single(Run(From(TodayMs, "boot-7", 1_000, 600_000))).Instant);
    }

    private List<Scan> Run(params Scan[] scans)
    {
        var clock = new SiteClock(_time, new(), new(), new LogLines<SiteClock>());
        return [.. scans.ToObservable().TimeByUptime(clock).CheckClock(clock).MarkClock().ToEnumerable()];
    }

    private static Scan From(long instant, string boot, long uptime, long? received, string device = "gateway") => new(
        $"{device}/fast", instant, ScanContent.Levels, [new(0, 70, Quality.Good)], new("topic", instant, () => { }))
    {
        Source = new(device, boot, uptime, received),
    };
}
