using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Pipeline;

/// <summary>
/// One run of a source, as long as the edge's own clock is not set: when it began (ms since 1970 UTC), as far as arrivals say. A delay is
/// never negative, so the message with the least says it best; and a queue that a broker kept says nothing before it is at its end.
/// Not thread-safe.
/// </summary>
internal sealed class SourceRun(string boot, long clockOffset)
{
    /// <summary>No gateway and no broker keeps a message for longer.</summary>
    public static readonly TimeSpan LongestKept = TimeSpan.FromDays(7);

    // For so long messages come as fast as they are measured, give or take a quarter and what a request is under way.
    private const long Proof = 10_000;
    private const long Jitter = 2_000;

    // No crystal is off by more than 100 ppm.
    private const long Drift = 10_000;

    private readonly Dictionary<string, (long Uptime, long Instant)> _last = new(StringComparer.Ordinal);
    private (long Uptime, long Began) _first, _least;
    private bool _isHeard;

    /// <summary>Messages have come as they were measured: it is known when the run began.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Whether what a source says is of this run. An uptime that fits to no delay has begun anew.</summary>
    public bool Holds(SourceClock source, long offset) =>
        source.Boot == boot && offset == clockOffset
        && !(IsLive && source.Received - source.UptimeMs > Began(source.UptimeMs) + (long)LongestKept.TotalMilliseconds);

    /// <summary>A message of that uptime (ms) came (ms since 1970 UTC).</summary>
    public void Hear(long uptime, long received)
    {
        var heard = (uptime, received - uptime);
        if (!_isHeard || (!IsLive && !IsAlike(heard, _first))) _first = _least = heard;
        if (received - uptime <= Began(uptime)) _least = heard;
        _isHeard = true;
        IsLive |= uptime - _first.Uptime >= Proof;
    }

    /// <summary>When that uptime was, later than what that group said at an earlier one (ms since 1970 UTC).</summary>
    public long InstantOf(string group, long uptime)
    {
        var instant = Began(uptime) + uptime;
        if (_last.TryGetValue(group, out var last) && uptime >= last.Uptime && instant <= last.Instant) instant = last.Instant + 1;
        _last[group] = (uptime, instant);
        return instant;
    }

    private long Began(long uptime) => _least.Began + ((uptime - _least.Uptime) / Drift);

    private static bool IsAlike((long Uptime, long Began) heard, (long Uptime, long Began) other) =>
        heard.Uptime >= other.Uptime && Math.Abs(heard.Began - other.Began) <= Math.Max(Jitter, (heard.Uptime - other.Uptime) / 4);
}
