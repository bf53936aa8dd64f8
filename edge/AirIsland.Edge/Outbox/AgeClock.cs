namespace AirIsland.Edge.Outbox;

/// <summary>
/// Time for what is dropped by age, in ms since 1970 UTC: a clock that is wrong, or set, makes nothing old. It begins at the newest stamp
/// in the file that fits to the oldest, or when the clock first shows a date, goes on with monotonic time, and is never ahead of a date
/// that the clock shows.
/// </summary>
internal sealed class AgeClock
{
    /// <summary>A clock that was lost stamps 1970 or the firmware's date: that says nothing of age.</summary>
    public static readonly long Dated = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly TimeProvider _time;
    private long _shown, _at;

    /// <param name="file">Whose batches bear the stamps.</param>
    /// <param name="longest">No two batches in the file are further apart, unless one of them was stamped by a wrong clock.</param>
    /// <param name="time">Site time.</param>
    public AgeClock(OutboxFile file, TimeSpan longest, TimeProvider time)
    {
        (_time, _at) = (time, time.GetTimestamp());
        using var oldest = new Statement(file.Connection, Stamp("min", "appended >= ?1"));
        using var newest = new Statement(file.Connection, Stamp("max", "appended BETWEEN ?1 AND ?2"));
        var shown = Shown;
        _shown = oldest.Number(Dated) is { } first
            ? newest.Number(first, Math.Min(shown < Dated ? long.MaxValue : shown, first + (long)longest.TotalMilliseconds)) ?? shown
            : shown;
    }

    public long Now
    {
        get
        {
            var (now, shown) = (_shown + (long)_time.GetElapsedTime(_at).TotalMilliseconds, Shown);
            if (shown < Dated || (shown >= now && _shown >= Dated)) return now;
            (_shown, _at) = (shown, _time.GetTimestamp());
            return shown;
        }
    }

    // By content and thinned, as the index has it: four look-ups, and not a walk through all.
    private static string Stamp(string end, string where) => $"""
        SELECT {end}(stamp) FROM (
            SELECT (SELECT {end}(appended) FROM batch WHERE points > 0 AND content = column1 AND thinned = column2 AND {where}) AS stamp
            FROM (VALUES (1, 0), (1, 1), (2, 0), (2, 1)))
        """;

    private long Shown => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
