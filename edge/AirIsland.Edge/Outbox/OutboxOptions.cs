namespace AirIsland.Edge.Outbox;

/// <summary>Limits of the outbox.</summary>
public sealed record OutboxOptions
{
    /// <summary>Directory of <c>outbox.db</c>: the edge's data directory, no setting of its own.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Whose batches it keeps: the edge's id and station, no setting of its own.</summary>
    public string Owner { get; init; } = "";

    /// <summary>
    /// Payload that waits for the cloud, in bytes; beyond it the oldest is thinned to a sample a minute, then given up, levels before
    /// registers, and gaps are recorded. From 64 kB; 2 GB.
    /// </summary>
    public long MaxPendingBytes { get; init; } = 2L << 30;

    /// <summary>How long a batch waits for the cloud before it is given up; site time, from 1 hour; 90 days.</summary>
    public TimeSpan MaxPendingAge { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Samples to which a batch grows while the link is down, 0 (each batch stays as it came) to 10,000.</summary>
    public int BackfillPoints { get; init; } = 10_000;

    /// <summary>
    /// How long nothing may be acknowledged, although the link is up and something waits, before that is an alarm; site time, from 10 s;
    /// 15 minutes.
    /// </summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Acknowledged payload kept for a cloud that was restored from a backup, in bytes. From 0; 256 MB.</summary>
    public long MaxKeptBytes { get; init; } = 256L << 20;

    /// <summary>How long acknowledged batches are kept; site time, from 0; 7 days.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Size the file may not pass, in bytes: reaching it is like a full disk. From 1 MB; null: the disk is the limit.</summary>
    public long? MaxFileBytes { get; init; }

    /// <summary>Space put by on the disk, so that what the cloud has can be deleted when it is full; in bytes, 0 to 1 GB; 16 MB.</summary>
    public long ReserveBytes { get; init; } = 16L << 20;

    /// <summary>Batches that wait for the next commit before drivers have to, 1 to 10,000.</summary>
    public int Queue { get; init; } = 64;

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (Directory.Length > 0) yield return $"{section}:{nameof(Directory)} has no meaning, Edge:Data is the directory";
        if (Owner.Length > 0) yield return $"{section}:{nameof(Owner)} has no meaning, Edge:Id and Edge:Station are the owner";
        if (MaxPendingBytes < 64 << 10) yield return $"{section}:{nameof(MaxPendingBytes)} {MaxPendingBytes} is less than 65536";
        if (MaxPendingAge < TimeSpan.FromHours(1)) yield return $"{section}:{nameof(MaxPendingAge)} {MaxPendingAge} is less than 1 hour";
        if (BackfillPoints is < 0 or > 10_000)
            yield return $"{section}:{nameof(BackfillPoints)} {BackfillPoints} is not between 0 and 10,000";
        if (StalledAfter < TimeSpan.FromSeconds(10)) yield return $"{section}:{nameof(StalledAfter)} {StalledAfter} is less than 10 s";
        if (MaxKeptBytes < 0) yield return $"{section}:{nameof(MaxKeptBytes)} {MaxKeptBytes} is less than 0";
        if (KeepFor < TimeSpan.Zero) yield return $"{section}:{nameof(KeepFor)} {KeepFor} is less than 0";
        if (MaxFileBytes < 1 << 20) yield return $"{section}:{nameof(MaxFileBytes)} {MaxFileBytes} is less than 1048576";
        if (ReserveBytes is < 0 or > 1 << 30) yield return $"{section}:{nameof(ReserveBytes)} {ReserveBytes} is not between 0 and 1 GB";
        if (Queue is < 1 or > 10_000) yield return $"{section}:{nameof(Queue)} {Queue} is not between 1 and 10,000";
    }
}
