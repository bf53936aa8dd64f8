using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// Which source times are known: a birth states old values again, and those are no new samples. Of a tag that was seen in this run its
/// last one is known, for the others what the outbox remembers of their scan group. It outlives the devices. Not thread-safe.
/// </summary>
internal sealed class InstantMemory(ISourceMarks marks)
{
    private readonly Dictionary<uint, long> _last = [];
    private readonly Dictionary<string, RecentInstants> _before = new(StringComparer.Ordinal);

    /// <summary>What the outbox is to remember a group by.</summary>
    public static string KeyOf(string group) => $"sparkplug/{group}";

    /// <summary>Whether data of that source time is the tag's last value once more.</summary>
    public bool IsLast(uint tag, long instant) => _last.TryGetValue(tag, out var last) && instant == last;

    /// <summary>Whether a birth states with it what is known.</summary>
    public bool IsStatedAgain(uint tag, string group, long instant)
    {
        if (_last.TryGetValue(tag, out var last)) return instant <= last;
        if (!_before.TryGetValue(group, out var before)) _before[group] = before = marks.Recent(KeyOf(group));
        return before.Contains(instant) || instant < before.Last;
    }

    public void Add(uint tag, long instant) => _last[tag] = instant;
}
