using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Quantities;

namespace AirIsland.Edge.Pipeline;

/// <summary>Puts right what sources stamp with clocks that were never set.</summary>
public static class SourceTiming
{
    // A gateway keeps what it could not send, and its clock is right all the same: nobody keeps it for longer.
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(7);

    /// <summary>
    /// A source that says which run of it this is and how long that had lasted, and whose instant lies 5 minutes ahead or a week
    /// behind, has a wrong clock: its instant becomes when the first message of that run came, plus the uptime since then. A clock of
    /// the edge that is not believed puts nothing right, and neither does a message that had waited somewhere, unless the run is known.
    /// </summary>
    public static IObservable<Scan> TimeByUptime(this IObservable<Scan> scans, SiteClock clock)
    {
        ArgumentNullException.ThrowIfNull(scans);
        ArgumentNullException.ThrowIfNull(clock);
        var doubted = Quality.Uncertain(QualityReason.Clock);
        return Observable.Defer(() =>
        {
            // The run of each device that was heard last: by when its uptime was zero.
            var runs = new Dictionary<string, (string Boot, long Began)>(StringComparer.Ordinal);
            return scans.Select(s =>
            {
                if (s.Source is not { } source || clock.Look() is not { IsBelieved: true, Now: var now }) return s;
                var isKnown = runs.TryGetValue(source.Device, out var run) && run.Boot == source.Boot;
                if (!isKnown && source.Received is { } received)
                {
                    runs[source.Device] = run = (source.Boot, received - source.UptimeMs);
                    isKnown = true;
                }
                var isWrong = s.IsAheadOf(now) || s.Instant < (now - LongestKept).ToUnixTimeMilliseconds();
                if (!isWrong) return s;
                if (!isKnown) return s.Map(r => r.Marked(doubted));
                return s.Map(r => r.Quality == doubted ? r with { Quality = Quality.Good } : r) with
                {
                    Instant = run.Began + source.UptimeMs,
                    IsTimedByUptime = true,
                };
            });
        });
    }
}
