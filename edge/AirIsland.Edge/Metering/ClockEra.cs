namespace AirIsland.Edge.Metering;

/// <summary>
/// A stretch of one boot in which the clock ran without a step and was as good as it was: it showed <see cref="From"/> to
/// <see cref="To"/> (ms since 1970 UTC), which is monotonic time of the boot plus <see cref="OffsetMs"/>.
/// </summary>
internal readonly record struct ClockEra(long OffsetMs, bool IsBelieved, long From, long To)
{
    // A scan is stamped a moment before or after somebody looks.
    private const long Moment = 2000;

    public static ClockEra Believed => new(0, IsBelieved: true, 0, 0);

    public bool HasShown(long instant) => instant >= From - Moment && instant <= To + Moment;
}
