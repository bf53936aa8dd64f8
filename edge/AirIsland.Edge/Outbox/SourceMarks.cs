using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Outbox;

/// <summary>The marks of all sources, as they are on disk. Thread-safe.</summary>
internal sealed class SourceMarks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RecentInstants> _sources = new(StringComparer.Ordinal);

    /// <param name="recorded">Keys, source times and contents, oldest first.</param>
    public SourceMarks(IEnumerable<(string Key, long Time, long Content)> recorded)
    {
        foreach (var (key, time, content) in recorded) Add(key, time, content);
    }

    public void Add(string key, long time, long content)
    {
        lock (_gate)
        {
            if (!_sources.TryGetValue(key, out var source)) _sources[key] = source = new();
            source.Add(time, content);
        }
    }

    public RecentInstants Recent(string key)
    {
        lock (_gate) return _sources.TryGetValue(key, out var source) ? source.Copy() : new();
    }
}
