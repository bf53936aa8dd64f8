namespace AirIsland.Simulators.Clock;

/// <summary>
/// A timer of <see cref="ScaledTime"/>. It arms the inner timer once for every tick, rounded up to its millisecond, and keeps the grid
/// of its own clock: a period of a third of a millisecond neither drifts nor becomes zero. Periods missed altogether are left out.
/// </summary>
internal sealed class ScaledTimer : ITimer
{
    private readonly Lock _gate = new();
    private readonly ScaledTime _time;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _inner;
    private TimeSpan _period;
    private long _dueTimestamp;
    private bool _armed;

    public ScaledTimer(ScaledTime time, TimeProvider inner, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        (_time, _callback, _state) = (time, callback, state);
        var never = Timeout.InfiniteTimeSpan;
        _inner = inner.CreateTimer(static timer => (timer as ScaledTimer)?.Fire(), this, never, never);
        Change(dueTime, period);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _period = period;
            _armed = dueTime != Timeout.InfiniteTimeSpan;
            _dueTimestamp = _time.GetTimestamp() + (_armed ? dueTime.Ticks : 0);
            return Arm(dueTime);
        }
    }

    public void Dispose() => _inner.Dispose();

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private void Fire()
    {
        lock (_gate)
        {
            if (!_armed) return;
            var early = _dueTimestamp - _time.GetTimestamp();
            if (early > 0)
            {
                Arm(TimeSpan.FromTicks(early));
                return;
            }
            _armed = _period > TimeSpan.Zero;
            if (_armed)
            {
                var missed = -early / _period.Ticks;
                _dueTimestamp += (missed + 1) * _period.Ticks;
                Arm(TimeSpan.FromTicks(_dueTimestamp - _time.GetTimestamp()));
            }
        }
        _callback(_state);
    }

    private bool Arm(TimeSpan wait)
    {
        if (wait == Timeout.InfiniteTimeSpan) return _inner.Change(wait, Timeout.InfiniteTimeSpan);
        var milliseconds = Math.Ceiling(_time.Until(wait > TimeSpan.Zero ? wait : TimeSpan.Zero).TotalMilliseconds);
        return _inner.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
