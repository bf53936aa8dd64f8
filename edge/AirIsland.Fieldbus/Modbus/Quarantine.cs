using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// The points that one device refuses. They are left out of its plans, so that they spoil no block, and tried again alone: soon, because
/// a device that is starting refuses what it has, then twice as late each time, because firmware changes and options are switched on. For
/// one poller: not safe for several.
/// </summary>
/// <param name="shortest">Until the first try of a point, greater than 0.</param>
/// <param name="longest">Between two tries of it at most.</param>
/// <param name="time">Whose timestamps the rest is measured by.</param>
public sealed class Quarantine(TimeSpan shortest, TimeSpan longest, TimeProvider time)
{
    // By place: behind transformers a point is another record.
    private readonly Dictionary<(RegisterTable, ushort), Entry> _entries = [];

    /// <param name="rest">Between two tries of a point, greater than 0.</param>
    /// <param name="time">Whose timestamps the rest is measured by.</param>
    public Quarantine(TimeSpan rest, TimeProvider time)
        : this(rest, rest, time)
    {
    }

    /// <summary>What is in it, by table and address.</summary>
    public IReadOnlyList<ProfilePoint> Points =>
        [.. _entries.Values.SelectMany(e => e.Points).OrderBy(p => p.Table).ThenBy(p => p.Address)];

    /// <summary>Takes points in, or lets those that were refused again rest anew.</summary>
    public void Add(IEnumerable<ProfilePoint> refused)
    {
        foreach (var place in refused.GroupBy(p => (p.Table, p.Address)))
        {
            var rest = _entries.TryGetValue(place.Key, out var before) ? before.Rest * 2 : shortest;
            _entries[place.Key] = new Entry([.. place], time.GetTimestamp(), rest < longest ? rest : longest);
        }
    }

    /// <summary>Lets points go that the device answered.</summary>
    public void Release(IEnumerable<ProfilePoint> answered)
    {
        ArgumentNullException.ThrowIfNull(answered);
        foreach (var point in answered)
            _entries.Remove((point.Table, point.Address));
    }

    /// <summary>What is left to be planned: the points that are not in it.</summary>
    public IReadOnlyList<ProfilePoint> Without(IEnumerable<ProfilePoint> points) =>
        [.. points.Where(p => !_entries.ContainsKey((p.Table, p.Address)))];

    /// <summary>
    /// One read for each value or group whose rest is over. Read them, and then <see cref="Release"/> or <see cref="Add"/> their points.
    /// </summary>
    public IReadOnlyList<ReadBlock> Due()
    {
        var rested = _entries.Values.Where(e => time.GetElapsedTime(e.Since) >= e.Rest).SelectMany(e => e.Points);
        return [.. ReadAtom.Of(rested).Select(a => a.Block())];
    }

    private sealed record Entry(IReadOnlyList<ProfilePoint> Points, long Since, TimeSpan Rest);
}
