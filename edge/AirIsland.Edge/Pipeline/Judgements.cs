using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Pipeline;

/// <summary>
/// What the edge thinks of readings. A judgement lowers a quality and keeps the count: nothing is dropped or repaired here, the cloud's
/// validation decides. Of two doubts the first stands, so the order of the operators is the order of their weight.
/// </summary>
public static class Judgements
{
    private static readonly Quality DoubtedClock = Quality.Uncertain(QualityReason.Clock);

    /// <summary>
    /// What the edge stamped while its clock was not believed says so (<see cref="Scan.Doubt"/>). Uncertain/Clock becomes what a source
    /// stamped so far in the future that its clock must be wrong. A clock that is not believed judges no other.
    /// </summary>
    public static IObservable<Scan> CheckClock(this IObservable<Scan> scans, SiteClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return scans.Select(s =>
        {
            var (now, isBelieved, _) = clock.Look();
            // What its source stamped, and what says that it is late, does not carry this clock's time.
            var isOwn = s.Receipt?.SourceTime is null && !s.Readings.Any(r => r.IsLate);
            if (isOwn && clock.Doubt(s.Instant) is { } doubt) return s with { Doubt = doubt };
            return isBelieved ? s.IsAheadOf(now) ? s.Map(r => r.Marked(DoubtedClock)) : s : isOwn ? s.Map(r => r.Marked(DoubtedClock)) : s;
        });
    }

    /// <summary>
    /// Uncertain/Clock becomes what the edge stamped while its clock was not believed, Uncertain/Substituted what is timed by its source's
    /// uptime. Last of all: a time can be put right, other doubts cannot, and of two the first stands.
    /// </summary>
    public static IObservable<Scan> MarkClock(this IObservable<Scan> scans) => scans.Select(s =>
        s.Doubt is not null ? s.Map(r => r.Marked(DoubtedClock))
        : s.IsTimedByUptime ? s.Map(r => r.Marked(Quality.Uncertain(QualityReason.Substituted)))
        : s);

    /// <summary>A count outside the tag's range becomes Uncertain/OutOfRange.</summary>
    public static IObservable<Scan> CheckRange(this IObservable<Scan> scans, TagRegistry tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var quality = Quality.Uncertain(QualityReason.OutOfRange);
        return scans.Select(s => s.Map(r =>
        {
            var tag = tags[r.Tag];
            return r.Count < tag.Minimum || r.Count > tag.Maximum ? r.Marked(quality) : r;
        }));
    }

    /// <summary>
    /// A level that moved faster than it can becomes Uncertain/OutOfRange. It is held against the last one that was believed, and the more
    /// time passes, the more it may have moved: a spike is doubted and what follows it is not, a lasting step is believed in the end.
    /// </summary>
    public static IObservable<Scan> CheckRate(this IObservable<Scan> scans, TagRegistry tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var quality = Quality.Uncertain(QualityReason.OutOfRange);
        return Observable.Defer(() =>
        {
            var believed = new SlotStates<(long Count, long Instant, bool IsKnown)>(tags);
            return scans.Select(s => s.MapInTurn(r =>
            {
                var tag = tags[r.Tag];
                if (tag.MaxRate is not { } rate || tag.Kind != PointKind.Level || r.Count is not { } count) return r;
                ref var last = ref believed[r.Tag];
                if (last.IsKnown && IsTooFast(last.Count, last.Instant, count, s.Instant, rate)) return r.Marked(quality);
                last = (count, s.Instant, true);
                return r;
            }));
        });
    }

    /// <summary>A level that should move and has shown one value for its <c>frozenAfter</c> becomes Uncertain/Frozen.</summary>
    public static IObservable<Scan> CheckFrozen(this IObservable<Scan> scans, TagRegistry tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var quality = Quality.Uncertain(QualityReason.Frozen);
        return Observable.Defer(() =>
        {
            var held = new SlotStates<(long Count, long Since, bool IsKnown)>(tags);
            return scans.Select(s => s.MapInTurn(r =>
            {
                if (tags[r.Tag].FrozenAfter is not { } after || r.Count is not { } count) return r;
                ref var last = ref held[r.Tag];
                // A clock that was set back starts the time anew.
                if (!last.IsKnown || last.Count != count || s.Instant < last.Since) last = (count, s.Instant, true);
                return (Int128)s.Instant - last.Since >= (long)after.TotalMilliseconds ? r.Marked(quality) : r;
            }));
        });
    }

    /// <summary>Whether the change takes more than its time allows; a count in any direction, never less than one.</summary>
    internal static bool IsTooFast(long before, long since, long count, long instant, double ratePerSecond)
    {
        var seconds = Math.Max(0, (double)((Int128)instant - since) / 1000);
        return (double)Int128.Abs((Int128)count - before) > Math.Max(1, ratePerSecond * seconds);
    }
}
