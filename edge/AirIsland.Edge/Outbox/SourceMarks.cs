using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Outbox;

/// <summary>The marks of all sources, as they are on disk. Thread-safe.</summary>
internal sealed class SourceMarks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RecentInstants> _sources = new(StringComparer.Ordinal);

    /// <param name="recorded">Keys and source times, oldest first.</param>
    public SourceMarks(IEnumerable<KeyValuePair<string, long>> recorded)
    {
        foreach (var (key, time) in recorded) Add(key, time);
    }

    public void Add(string key, long time)
    {
        lock (_gate)
        {
            if (!_sources.TryGetValue(key, out var source)) _sources[key] = source = new();
            source.Add(time);
        }
    }

    public RecentInstants Recent(string key)
    {
        lock (_gate) return _sources.TryGetValue(key, out var source) ? source.Copy() : new();
    }
}
