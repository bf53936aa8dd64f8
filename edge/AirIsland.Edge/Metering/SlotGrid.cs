namespace AirIsland.Edge.Metering;

/// <summary>
/// The instants (ms since 1970 UTC) at which a group is read: one each <paramref name="Period"/>, <paramref name="Phase"/> behind its full
/// multiples.
/// </summary>
public readonly record struct SlotGrid(long Period, long Phase)
{
    /// <summary>Who is read less often than this begins at once.</summary>
    private const long Seldom = 10_000;

    /// <summary>
    /// Groups of levels are spread over their period by their name, so that many devices do not all answer in one moment; the phase is the
    /// same after every start. Registers are read at the full minute or quarter hour: bills are cut there.
    /// </summary>
    public static SlotGrid Of(BoundGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var period = (long)group.Period.TotalMilliseconds;
        return new(period, group.Content == ScanContent.Levels ? (long)(Hash(group.Id) % (ulong)period) : 0);
    }

    /// <summary>
    /// The slot that a group begins with. What is read seldom begins with the one that has passed, that is at once: nobody waits a quarter
    /// of an hour to see whether a meter counts.
    /// </summary>
    public long First(long now) => Period > Seldom ? UpTo(now) : After(now);

    /// <summary>The first slot behind an instant.</summary>
    public long After(long instant) => UpTo(instant) + Period;

    /// <summary>The last slot that is not behind an instant.</summary>
    public long UpTo(long instant)
    {
        var behind = (instant - Phase) % Period;
        return instant - (behind < 0 ? behind + Period : behind);
    }

    // FNV-1a: the runtime's own differs from start to start.
    private static ulong Hash(string text)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var c in text) hash = unchecked((hash ^ c) * 1_099_511_628_211UL);
        return hash ^ (hash >> 32);
    }
}
