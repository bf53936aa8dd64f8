using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Quantities;

namespace AirIsland.Edge.Pipeline;

/// <summary>Puts right what sources stamp with clocks that were never set.</summary>
public static class SourceTiming
{
    /// <summary>
    /// A source that says which run of it this is and how long that had lasted, and whose instant lies 5 minutes ahead or a week
    /// behind, has a wrong clock: its instant becomes when that run began, plus the uptime since then. Until it is known when the run
    /// began (<see cref="SourceRun"/>) it stays, Uncertain/Clock. A clock of the edge that is not believed puts nothing right.
    /// </summary>
    public static IObservable<Scan> TimeByUptime(this IObservable<Scan> scans, SiteClock clock)
    {
        ArgumentNullException.ThrowIfNull(scans);
        ArgumentNullException.ThrowIfNull(clock);
        var doubted = Quality.Uncertain(QualityReason.Clock);
        return Observable.Defer(() =>
        {
            // The run of each device that was heard last.
            var runs = new Dictionary<string, SourceRun>(StringComparer.Ordinal);
            return scans.Select(s =>
            {
                if (s.Source is not { } source || clock.Look() is not { IsBelieved: true } sight) return s;
                if (!runs.TryGetValue(source.Device, out var run) || !run.Holds(source, sight.OffsetMs))
                    runs[source.Device] = run = new(source.Boot, sight.OffsetMs);
                if (source.Received is { } received) run.Hear(source.UptimeMs, received);
                var isLongAgo = s.Instant < (sight.Now - SourceRun.LongestKept).ToUnixTimeMilliseconds();
                if (!isLongAgo && !s.IsAheadOf(sight.Now)) return s;
                if (!run.IsLive) return s.Map(r => r.Marked(doubted));
                return s.Map(r => r.Quality == doubted ? r with { Quality = Quality.Good } : r) with
                {
                    Instant = run.InstantOf(s.Group, source.UptimeMs),
                    IsTimedByUptime = true,
                };
            });
        });
    }
}
