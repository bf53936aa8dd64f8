using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Uplink;

/// <summary>
/// Where to go on after the cloud said what it has. When the two histories do not fit together, <see cref="NewEpochBecause"/> says why:
/// then <see cref="From"/> is, per lane, what the cloud need not get again.
/// </summary>
public sealed record ResumePlan(IReadOnlyDictionary<Lane, long> From, string? NewEpochBecause)
{
    /// <param name="state">What the outbox holds.</param>
    /// <param name="cloud">What the cloud holds of this epoch: number and CRC (0: unknown) per lane; nothing when it knows nothing.</param>
    /// <param name="checksum">CRC of a batch in the outbox, null when it is no longer kept or a gap took its place.</param>
    public static ResumePlan Of(
        OutboxState state, IReadOnlyDictionary<Lane, (long Sequence, uint Crc)> cloud, Func<Lane, long, uint?> checksum)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(checksum);
        var from = new Dictionary<Lane, long>();
        // Batches that a cloud acknowledged before it was put back to before this epoch: it lacks what the epoch left behind, too.
        var isForgotten = cloud.Count == 0 && state.Live.Acknowledged + state.Backfill.Acknowledged > 0;
        var because = isForgotten ? "the cloud had acknowledged batches of this epoch and knows nothing of it" : null;
        foreach (var lane in (ReadOnlySpan<Lane>)[Lane.Live, Lane.Backfill])
        {
            var (sequence, crc) = cloud.GetValueOrDefault(lane, (isForgotten ? -1L : 0L, 0u));
            var s = state[lane];
            var isOther = sequence > 0 && crc != 0 && checksum(lane, sequence) is { } own && own != crc;
            if (s.Opened is { } opened && sequence > opened && (sequence > s.Appended || isOther))
            {
                // The file was put back from a copy, or lost its tail: what it held when it was opened the cloud has too, and more.
                from[lane] = Math.Max(s.Acknowledged, opened);
                because ??= $"the cloud has {lane} up to {sequence}, the outbox was opened with no more than {opened}";
            }
            else if (sequence > s.Appended)
            {
                // Another outbox uses this numbering. What the cloud has of the waiting batches is not known.
                from[lane] = s.Acknowledged;
                because ??= $"the cloud has {lane} up to {sequence}, the outbox only up to {s.Appended}";
            }
            else if (isOther)
            {
                from[lane] = s.Acknowledged;
                because ??= $"the cloud has another batch as {lane} {sequence}";
            }
            else
            {
                from[lane] = sequence;
                if (sequence + 1 < s.Oldest)
                    because ??= $"the cloud has {lane} only up to {sequence}, the outbox keeps it from {s.Oldest} on";
            }
        }
        return new(from, because);
    }
}
