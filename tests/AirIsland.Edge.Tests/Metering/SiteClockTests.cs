using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Metering;

// oem_gateway#12, ruuvi.gateway_esp.c#120, chirpstack-network-server#519: data under 1970 and 2012, from before NTP.
public class SiteClockTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly SettableClock _time = new(Today);
    private readonly EdgeStatus _status = new();
    private readonly LogLines<SiteClock> _log = new();

    [Fact]
    public void A_boot_in_1970_is_marked_until_the_clock_is_set_and_what_it_was_off_is_told()
    {
        _time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));
        var clock = Clock();
        var early = _time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(QualityReason.Clock, Judge(clock, early));

        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(QualityReason.Clock, Judge(clock, early + 180_000));
        Assert.Null(clock.TakeFix());
        _time.Set(Today);

        Assert.Equal(QualityReason.None, Judge(clock, Today.ToUnixTimeMilliseconds()));
        var (doubt, fix) = (clock.Doubt(early)!, clock.TakeFix()!);
        // What was stamped early was at three minutes before today.
        Assert.Equal(Today.AddMinutes(-3).ToUnixTimeMilliseconds(), early - doubt.OffsetMs + fix.OffsetMs);
        Assert.Equal((clock.Boot, clock.Boot), (doubt.Boot, fix.Boot));
        Assert.Null(clock.TakeFix());
        Assert.Equal((1L, true), (_status.ClockSteps, _status.IsClockBelieved));
    }

    [Fact]
    public void What_waited_in_a_queue_while_the_clock_was_set_is_doubted_all_the_same()
    {
        _time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));
        var clock = Clock();
        var early = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _time.Advance(TimeSpan.FromMinutes(3));
        clock.Look();
        _time.Set(Today);

        Assert.Equal(QualityReason.Clock, Judge(clock, early + 60_000));
        Assert.Equal(QualityReason.None, JudgeNow(clock));
    }

    [Fact]
    public void What_waited_since_the_last_look_before_the_clock_was_set_is_doubted_too()
    {
        _time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));
        var clock = Clock();
        var early = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _time.Advance(TimeSpan.FromMinutes(3));
        _time.Set(Today);

        Assert.Equal(QualityReason.Clock, Judge(clock, early + 179_000));
        Assert.Equal(QualityReason.None, JudgeNow(clock));
    }

    [Fact]
    public void What_was_stamped_before_anybody_saw_that_the_clock_is_lost_is_doubted_too()
    {
        var clock = Clock();
        _time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));
        var lost = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(QualityReason.Clock, Judge(clock, lost + 1000));
        Assert.NotNull(clock.Doubt(lost + 1000));
    }

    [Fact]
    public void What_was_told_is_told_again_after_an_hour_because_a_batch_may_be_given_up()
    {
        var clock = Clock();
        var told = clock.TakeFix()!;
        _time.Advance(TimeSpan.FromMinutes(59));
        clock.Look();
        Assert.Null(clock.TakeFix());
        _time.Advance(TimeSpan.FromMinutes(2));
        clock.Look();

        Assert.Equal(told with { UptimeMs = told.UptimeMs + 3_660_000 }, clock.TakeFix());
    }

    [Fact]
    public async Task Who_looks_and_who_takes_may_be_two()
    {
        var clock = new SiteClock(TimeProvider.System, new(), _status, _log);
        var looking = Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++) clock.Look();
        });
        var taken = 0;
        for (var i = 0; i < 20_000; i++) taken += clock.TakeFix() is null ? 0 : 1;
        await looking;

        Assert.Equal(1, taken);
    }

    [Fact]
    public void A_clock_that_is_set_back_is_not_believed_before_it_has_passed_where_it_was()
    {
        var clock = Clock();
        Assert.Equal(QualityReason.None, JudgeNow(clock));

        _time.Set(Today.AddHours(-1));
        Assert.Equal(QualityReason.Clock, JudgeNow(clock));
        _time.Advance(TimeSpan.FromMinutes(54));
        Assert.Equal(QualityReason.Clock, JudgeNow(clock));
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(QualityReason.None, JudgeNow(clock));
        // It was right all the while: what it stamped stays where it is.
        var set = Today.AddHours(-1).ToUnixTimeMilliseconds();
        Assert.Equal(clock.Doubt(set)!.OffsetMs, clock.TakeFix()!.OffsetMs);
    }

    [Fact]
    public void A_start_before_what_was_already_stamped_is_a_clock_set_back()
    {
        var clock = Clock();
        clock.HasShown(Today.AddHours(1).ToUnixTimeMilliseconds());

        Assert.Equal(QualityReason.Clock, JudgeNow(clock));
        Assert.False(_status.IsClockBelieved);
        Assert.Contains("set back", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_steps_that_undo_each_other_put_the_first_samples_where_they_were()
    {
        var clock = Clock(new() { SynchronisedFile = "/nowhere" });
        var first = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _time.Set(Today.AddDays(1));
        clock.Look();
        _time.Advance(TimeSpan.FromSeconds(10));
        _time.Set(Today.AddSeconds(10));
        clock.Look();

        Assert.Equal(2, _status.ClockSteps);
        Assert.Equal(86_400_000, clock.Doubt(first + 86_400_000)!.OffsetMs - clock.Doubt(first)!.OffsetMs);
        Assert.Equal(clock.Doubt(first)!.OffsetMs, clock.Doubt(first + 10_000)!.OffsetMs);
    }

    [Fact]
    public void What_is_only_trimmed_is_no_step()
    {
        var clock = Clock();
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _time.Set(_time.GetUtcNow().AddMilliseconds(900));
            clock.Look();
        }

        Assert.Equal(0, _status.ClockSteps);
    }

    [Fact]
    public void What_was_stamped_before_a_suspend_is_not_moved_by_its_length()
    {
        var suspended = 0L;
        _time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));
        var clock = new SiteClock(_time, new(), _status, _log, new("boot", () => (_time.GetTimestamp() / 10_000) + suspended));
        var early = _time.GetUtcNow().ToUnixTimeMilliseconds();

        suspended = 7_200_000;
        _time.Set(_time.GetUtcNow().AddHours(2));
        clock.Look();
        Assert.Equal(0, _status.ClockSteps);
        _time.Set(Today);
        clock.Look();

        var (doubt, fix) = (clock.Doubt(early)!, clock.TakeFix()!);
        Assert.Equal(Today.AddHours(-2).ToUnixTimeMilliseconds(), early - doubt.OffsetMs + fix.OffsetMs);
        Assert.Equal(("boot", "boot"), (doubt.Boot, fix.Boot));
    }

    [Fact]
    public void The_time_since_the_boot_is_what_the_system_says()
    {
        var before = SystemUptime();
        var time = BootTime.OfSystem!;
        // The system says it in hundredths of a second.
        Assert.InRange(time.PassedMs, before, SystemUptime() + 10);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), time.Boot);

        static long SystemUptime() => (long)(double.Parse(
            File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) * 1000);
    }

    [Fact]
    public void Trims_that_add_up_are_followed()
    {
        _time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));
        var clock = Clock();
        var first = _time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _time.Set(_time.GetUtcNow().AddMilliseconds(1900));
            clock.Look();
        }
        var last = _time.GetUtcNow().ToUnixTimeMilliseconds();

        Assert.InRange(clock.Doubt(last)!.OffsetMs - clock.Doubt(first)!.OffsetMs, 17_000, 19_000);
        Assert.Equal(0, _status.ClockSteps);
    }

    [Fact]
    public void A_system_that_says_it_is_synchronised_is_asked_and_believed()
    {
        using var folder = new TempFolder();
        var clock = Clock(new() { SynchronisedFile = folder.File("synchronized") });
        clock.HasShown(Today.AddHours(1).ToUnixTimeMilliseconds());
        Assert.Equal(QualityReason.Clock, JudgeNow(clock));

        File.WriteAllText(folder.File("synchronized"), "");
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(QualityReason.None, JudgeNow(clock));
    }

    [Theory]
    [InlineData(5, QualityReason.None)]
    [InlineData(6, QualityReason.Clock)]
    public void A_source_more_than_five_minutes_ahead_is_uncertain(int minutes, QualityReason reason) =>
        Assert.Equal(reason, Judge(Clock(), Today.AddMinutes(minutes).ToUnixTimeMilliseconds(), isSourceTimed: true));

    [Fact]
    public void A_clock_that_is_not_believed_judges_no_other()
    {
        _time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));

        Assert.Equal(QualityReason.None, Judge(Clock(), Today.ToUnixTimeMilliseconds(), isSourceTimed: true));
    }

    private SiteClock Clock(ClockOptions? options = null) => new(_time, options ?? new(), _status, _log);

    private QualityReason JudgeNow(SiteClock clock) => Judge(clock, _time.GetUtcNow().ToUnixTimeMilliseconds());

    private static QualityReason Judge(SiteClock clock, long instant, bool isSourceTimed = false)
    {
        var receipt = isSourceTimed ? new Receipt("topic", instant, () => { }) : null;
        var scan = new Scan("meter/fast", instant, ScanContent.Levels, [new(0, 70, Quality.Good)], receipt);
        var judged = Observable.Return(scan).CheckClock(clock).MarkClock().ToEnumerable().Single().Readings[0];
        Assert.Equal(70, judged.Count);
        return judged.Quality.Reason;
    }
}
