using AirIsland.Simulators.Clock;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Simulators.Tests.Clock;

public sealed class ScaledTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Start = new(2026, 3, 10, 5, 30, 0, TimeSpan.FromHours(8));

    private readonly FakeTimeProvider _inner = new(Now);

    [Fact]
    public void It_runs_at_its_speed_from_the_origin()
    {
        var time = new ScaledTime(_inner, Start, Now, 60);
        Assert.Equal(Start, time.GetUtcNow());

        _inner.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(Start + TimeSpan.FromMinutes(40), time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, time.GetUtcNow().Offset);
    }

    [Fact]
    public void It_stands_at_the_start_before_the_origin()
    {
        var time = new ScaledTime(_inner, Start, Now + TimeSpan.FromSeconds(5), 60);
        var before = time.GetTimestamp();

        _inner.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(Start, time.GetUtcNow());
        Assert.Equal(before, time.GetTimestamp());

        _inner.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(Start + TimeSpan.FromSeconds(6), time.GetUtcNow());
    }

    [Fact]
    public void Timestamps_agree_with_the_time()
    {
        var time = new ScaledTime(_inner, Start, Now + TimeSpan.FromSeconds(1), 60);
        var (timestamp, utc) = (time.GetTimestamp(), time.GetUtcNow());

        _inner.Advance(TimeSpan.FromSeconds(3.5));

        Assert.Equal(TimeSpan.FromSeconds(150), time.GetElapsedTime(timestamp));
        Assert.Equal(time.GetUtcNow() - utc, time.GetElapsedTime(timestamp));
    }

    [Fact]
    public void Two_clocks_made_at_different_moments_show_the_same_time()
    {
        var first = new ScaledTime(_inner, Start, Now, 60);
        _inner.Advance(TimeSpan.FromSeconds(7));
        var second = new ScaledTime(_inner, Start, Now, 60);

        Assert.Equal(first.GetUtcNow(), second.GetUtcNow());
        Assert.Equal(first.GetTimestamp(), second.GetTimestamp());
    }

    [Fact]
    public void A_timer_falls_due_by_the_scaled_clock()
    {
        var time = new ScaledTime(_inner, Start, Now, 60);
        var ticks = new List<DateTimeOffset>();
        using var timer = time.CreateTimer(_ => ticks.Add(time.GetUtcNow()), null, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(12));

        for (var i = 0; i < 500; i++) _inner.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([Start + TimeSpan.FromSeconds(6), Start + TimeSpan.FromSeconds(18), Start + TimeSpan.FromSeconds(30)], ticks);
    }

    [Fact]
    public void A_timer_waits_for_the_origin_first()
    {
        var time = new ScaledTime(_inner, Start, Now + TimeSpan.FromSeconds(2), 60);
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(60), Timeout.InfiniteTimeSpan);

        _inner.Advance(TimeSpan.FromSeconds(2.999));
        Assert.Equal(0, fired);

        _inner.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(1, fired);

        _inner.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_period_that_is_no_whole_millisecond_of_the_inner_clock_does_not_drift()
    {
        var time = new ScaledTime(_inner, Start, Now, 60);
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        for (var i = 0; i < 10_000; i++) _inner.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(600, fired);
    }

    [Fact]
    public void A_timer_can_be_changed_stopped_and_disposed()
    {
        var time = new ScaledTime(_inner, Start, Now, 10);
        var fired = 0;
        var timer = time.CreateTimer(_ => fired++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        _inner.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, fired);

        timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _inner.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, fired);

        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _inner.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, fired);

        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_delay_ends_on_the_scaled_clock()
    {
        var time = new ScaledTime(_inner, Start, Now, 60);
        var delay = Task.Delay(TimeSpan.FromMinutes(1), time);

        _inner.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(delay.IsCompleted);

        _inner.Advance(TimeSpan.FromSeconds(0.1));
        await delay.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_clock_that_stands_or_runs_backwards_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledTime(_inner, Start, Now, speed));
}
