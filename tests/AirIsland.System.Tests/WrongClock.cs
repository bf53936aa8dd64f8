namespace AirIsland.SystemTests;

/// <summary>The system's clock as long as nobody has set it: timers and monotonic time are right, the time of day is not.</summary>
internal sealed class WrongClock(DateTimeOffset shown) : TimeProvider
{
    private long _ahead = (shown - System.GetUtcNow()).Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    /// <summary>The edge learns the time.</summary>
    public void SetRight() => Interlocked.Exchange(ref _ahead, 0);
}
