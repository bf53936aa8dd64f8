namespace AirIsland.Simulators.Clock;

/// <summary>
/// A clock that runs at a multiple of another one: it shows <paramref name="start"/> until the inner clock reaches
/// <paramref name="origin"/> and then start + (inner − origin) × speed. Every process that is given the same three values shows the same
/// time. Timers fall due by this clock; with a real inner clock they are good to about a millisecond of real time.
/// </summary>
/// <param name="inner">The clock underneath.</param>
/// <param name="start">What this clock shows at the origin and before.</param>
/// <param name="origin">The instant of the inner clock at which this one starts to move.</param>
/// <param name="speed">Seconds of this clock in a second of the inner one, above 0.</param>
public sealed class ScaledTime(TimeProvider inner, DateTimeOffset start, DateTimeOffset origin, double speed) : TimeProvider
{
    private readonly double _speed = speed > 0 ? speed : throw new ArgumentOutOfRangeException(nameof(speed), speed, "above 0");
    private readonly long _firstTimestamp = inner.GetTimestamp();
    private readonly TimeSpan _firstElapsed = inner.GetUtcNow() - origin;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => (start + Scaled(inner.GetUtcNow() - origin)).ToUniversalTime();

    /// <summary>Never goes back, also when somebody sets the inner clock back.</summary>
    public override long GetTimestamp() => Scaled(_firstElapsed + inner.GetElapsedTime(_firstTimestamp)).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, inner, callback, state, dueTime, period);

    /// <summary>How long the inner clock takes until this one has moved on by that span, waiting for the origin included.</summary>
    internal TimeSpan Until(TimeSpan span)
    {
        var early = origin - inner.GetUtcNow();
        return (early > TimeSpan.Zero ? early : TimeSpan.Zero) + span / _speed;
    }

    private TimeSpan Scaled(TimeSpan elapsed) => elapsed > TimeSpan.Zero ? elapsed * _speed : TimeSpan.Zero;
}
