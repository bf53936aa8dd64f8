namespace AirIsland.Edge.Metering;

/// <summary>When the edge's own clock is believed.</summary>
public sealed record ClockOptions
{
    /// <summary>
    /// A file that is there when the system's clock is synchronised, e.g. <c>/run/systemd/timesync/synchronized</c>. Null: nobody says, and
    /// a clock that runs on from where it was is believed.
    /// </summary>
    public string? SynchronisedFile { get; init; }

    /// <summary>A clock that shows an earlier time has lost it; from 2000, 1 January 2025.</summary>
    public DateTimeOffset Earliest { get; init; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A difference to monotonic time at which the clock was set and not only trimmed, 100 ms to 1 hour; 2 s.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (SynchronisedFile is { } file && !Path.IsPathFullyQualified(file))
            yield return $"{section}:{nameof(SynchronisedFile)} '{file}' is no full path";
        if (Earliest.Year < 2000) yield return $"{section}:{nameof(Earliest)} {Earliest:O} is before 2000";
        if (Step < TimeSpan.FromMilliseconds(100) || Step > TimeSpan.FromHours(1))
            yield return $"{section}:{nameof(Step)} {Step} is not between 100 ms and 1 hour";
    }
}
