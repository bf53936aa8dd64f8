using System.Reactive.Concurrency;
using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Pipeline;

/// <summary>
/// What the edge thinks of readings. A judgement lowers a quality and keeps the count: nothing is dropped or repaired here, the cloud's
/// validation decides.
/// </summary>
public static class Judgements
{
    /// <summary>A scan of the future comes from a wrong clock: its readings become Uncertain/Clock.</summary>
    public static IObservable<Scan> CheckClock(this IObservable<Scan> scans, IScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        var quality = Quality.Uncertain(QualityReason.Clock);
        return scans.Select(s => s.IsAheadOf(scheduler.Now) ? s.Map(r => r.Marked(quality)) : s);
    }

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
    /// A register that runs backwards, a drop to zero included, becomes Uncertain/SuspectRegister, unless a small step over its modulus
    /// explains it.
    /// </summary>
    public static IObservable<Scan> WatchRegisters(this IObservable<Scan> scans, TagRegistry tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var quality = Quality.Uncertain(QualityReason.SuspectRegister);
        return Observable.Defer(() =>
        {
            var last = new Dictionary<uint, long>();
            return scans.Select(s => s.Map(r =>
            {
                var tag = tags[r.Tag];
                if (tag.Kind != PointKind.Register || r.Count is not { } count) return r;
                var isKnown = last.TryGetValue(r.Tag, out var before);
                last[r.Tag] = count;
                return isKnown && count < before && !HasTurnedOver(before, count, tag.Modulus) ? r.Marked(quality) : r;
            }));
        });
    }

    private static Scan Map(this Scan scan, Func<Reading, Reading> judge) => scan with { Readings = [.. scan.Readings.Select(judge)] };

    // A turn-over lies within the last and the first hundredth of the register.
    private static bool HasTurnedOver(long before, long count, long? modulus) =>
        modulus is { } width && count + width - before <= width / 100;
}
