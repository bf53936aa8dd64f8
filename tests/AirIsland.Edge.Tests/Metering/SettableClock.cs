using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Edge.Tests.Metering;

/// <summary>A system clock that can be set while monotonic time runs on.</summary>
internal sealed class SettableClock(DateTimeOffset start) : TimeProvider
{
    private readonly FakeTimeProvider _monotonic = new(start);
    private TimeSpan _offset;

    public override DateTimeOffset GetUtcNow() => _monotonic.GetUtcNow() + _offset;

    public override long TimestampFrequency => _monotonic.TimestampFrequency;

    public override long GetTimestamp() => _monotonic.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _monotonic.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan time) => _monotonic.Advance(time);

    public void Set(DateTimeOffset time) => _offset = time - _monotonic.GetUtcNow();
}
