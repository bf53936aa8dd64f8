using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Quantities;

namespace AirIsland.Edge.Northbound;

/// <summary>
/// What the site's tags show, and what of it still has to be sent: changes only. Live samples go before late ones; both together are
/// bounded, the oldest are dropped and counted. Thread-safe.
/// </summary>
internal sealed class TagBoard(TagRegistry registry, int kept)
{
    private const int MostInMessage = 500;

    private readonly Lock _gate = new();
    private readonly Dictionary<uint, BoardTag> _tags = [];
    private readonly LinkedList<Sample> _live = new();
    private readonly LinkedList<Sample> _late = new();
    private TagTable? _site;
    private long _dropped;

    /// <summary>Samples given up: too many waited, or their tag is gone.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>True when there is something to send, false when not; null when the tags are others now: births are due.</summary>
    public bool? Add(Scan scan, TagTable site)
    {
        lock (_gate)
        {
            var isNew = !ReferenceEquals(site, _site);
            if (isNew) Show(site);
            var isNews = false;
            foreach (var reading in scan.Readings) isNews |= Add(new(scan.Instant, reading));
            return isNew ? null : isNews;
        }
    }

    /// <summary>The site's tags, before anything of it was measured.</summary>
    public void Show(TagTable site)
    {
        lock (_gate)
        {
            _site = site;
            var slots = registry.SlotsOf(site.Tags).ToHashSet();
            foreach (var gone in _tags.Keys.Except(slots).ToArray()) _tags.Remove(gone);
            foreach (var slot in slots) _tags.TryAdd(slot, new(registry[slot], slot));
        }
    }

    /// <summary>
    /// What the births of all assets state that can be reached, by asset. What waited to be sent and is not stated has become late.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SparkplugMetric>> Begin(ulong now)
    {
        lock (_gate)
        {
            foreach (var sample in _live.Where(s => _tags.TryGetValue(s.Reading.Tag, out var tag) && tag.Last != s))
                _late.AddLast(sample with { IsLate = true });
            _live.Clear();
            return _tags.Values.GroupBy(t => t.Asset).Where(a => a.Any(t => t.IsReached)).ToDictionary(a => a.Key, a => Born(a, now));
        }
    }

    /// <summary>What the birth of one asset states.</summary>
    public IReadOnlyList<SparkplugMetric> Birth(string asset, ulong now)
    {
        lock (_gate) return Born(_tags.Values.Where(t => t.Asset == asset), now);
    }

    /// <summary>Whether a device of the asset answers.</summary>
    public bool IsReached(string asset)
    {
        lock (_gate) return _tags.Values.Any(t => t.Asset == asset && t.IsReached);
    }

    /// <summary>The next samples of one asset, live ones or late ones, in order; empty when nothing waits.</summary>
    public IReadOnlyList<(BoardTag Tag, Sample Sample)> Take()
    {
        lock (_gate)
        {
            var queue = _live.Count > 0 ? _live : _late;
            var taken = new List<(BoardTag Tag, Sample Sample)>();
            while (queue.First is { Value: var sample } && taken.Count < MostInMessage)
            {
                if (!_tags.TryGetValue(sample.Reading.Tag, out var tag)) _dropped++;
                else if (taken.Count > 0 && taken[0].Tag.Asset != tag.Asset) break;
                else taken.Add((tag, sample));
                queue.RemoveFirst();
            }
            return taken;
        }
    }

    /// <summary>These could not be sent: they are late now, and first in their line.</summary>
    public void GiveBack(IReadOnlyList<(BoardTag Tag, Sample Sample)> taken)
    {
        lock (_gate)
        {
            foreach (var (_, sample) in taken.Reverse()) _late.AddFirst(sample with { IsLate = true });
            Bound();
        }
    }

    private static IReadOnlyList<SparkplugMetric> Born(IEnumerable<BoardTag> tags, ulong now) =>
        [.. tags.OrderBy(t => t.Alias).Select(t => t.Born(now))];

    private bool Add(Sample sample)
    {
        if (!_tags.TryGetValue(sample.Reading.Tag, out var tag)) return false;
        if (sample.Reading.Quality.Reason == QualityReason.Historical || sample.Instant < tag.Last?.Instant)
        {
            _late.AddLast(sample with { IsLate = true });
            Bound();
            return true;
        }
        var isSame = tag.Last is { } last && last.Reading == sample.Reading;
        tag.Last = sample;
        if (isSame) return false;
        _live.AddLast(sample);
        Bound();
        return true;
    }

    private void Bound()
    {
        for (; _live.Count + _late.Count > kept; _dropped++) (_late.Count > 0 ? _late : _live).RemoveFirst();
    }
}
