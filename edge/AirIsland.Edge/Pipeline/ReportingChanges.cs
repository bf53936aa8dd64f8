using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Pipeline;

/// <summary>Leaves out samples that say nothing new.</summary>
public static class ReportingChanges
{
    /// <summary>
    /// A level within its deadband of the sample before is left out, until its <c>maxInterval</c> has passed: then the reading of that
    /// moment is a sample, never the old one with a new time. Between two samples the value lay within the deadband of the first. A change
    /// of quality always passes; so do registers and states.
    /// </summary>
    public static IObservable<Scan> ReportChanges(this IObservable<Scan> scans, TagRegistry tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return Observable.Defer(() =>
        {
            var reported = new SlotStates<(Reading Reading, long Instant, bool IsKnown)>(tags);
            return scans
                .Select(s => s.Content == ScanContent.Registers ? s : s.Keep(r =>
                {
                    var tag = tags[r.Tag];
                    if (tag.Deadband == 0 || tag.Kind != PointKind.Level || r.IsLate) return true;
                    ref var last = ref reported[r.Tag];
                    if (last.IsKnown && IsKnown(tag, r, s.Instant, last.Reading, last.Instant)) return false;
                    last = (r, s.Instant, true);
                    return true;
                }))
                .Where(s => s.Readings.Count > 0 || s.Receipt is not null || s.IsUrgent);
        });
    }

    private static bool IsKnown(TagDeclaration tag, Reading reading, long instant, Reading before, long since)
    {
        if (reading.Quality != before.Quality || reading.Count is null != before.Count is null) return false;
        var passed = (Int128)instant - since;
        // A clock that was set back reports anew.
        if (passed < 0 || passed >= (long)tag.MaxInterval.TotalMilliseconds) return false;
        return reading.Count is not { } count || Int128.Abs((Int128)count - before.Count!.Value) <= tag.Deadband;
    }
}
