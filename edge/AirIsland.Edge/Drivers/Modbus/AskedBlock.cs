using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// A block of the plan within one poll after the other: read whole; or, once the device refused it, read in the parts that it answered and
/// searched on in the others. A search that a poll had no time for goes on in the next.
/// </summary>
internal sealed class AskedBlock(ReadBlock block, Backoff rest)
{
    private int _known;
    private bool _done;

    /// <summary>Whether the device has trouble with this block while it answers others.</summary>
    public Backoff Rest => rest;

    /// <summary>What was found of it when the device refused it; null when it never did.</summary>
    public BlockSearch? Search { get; private set; }

    /// <summary>The search has come to its end.</summary>
    public bool IsSearched => Search is { Next: null };

    /// <summary>What to read next of it in this poll; null: nothing.</summary>
    public ReadBlock? Next => _done ? null : Search is null ? block : _known < Search.Good.Count ? Search.Good[_known] : Search.Next;

    /// <summary>Whether <see cref="Next"/> is a search, which is left for the next poll when this one's time is over.</summary>
    public bool IsSearching => !_done && Search is not null && _known >= Search.Good.Count;

    public void Begin() => (_known, _done) = (0, false);

    public void Answered()
    {
        if (Search is null)
        {
            _done = true;
            return;
        }
        if (IsSearching) Search.Answered();
        _known++;
    }

    /// <summary>The points that are bad for certain by this refusal, none as long as others could be to blame.</summary>
    public IReadOnlyList<Fieldbus.Profiles.ProfilePoint> Refused()
    {
        if (Search is not null && !IsSearching)
        {
            // It answered this part before: the device has changed, and the search begins again in the next poll.
            (Search, _done) = (null, true);
            return [];
        }
        var before = Search?.Bad.Count ?? 0;
        if (Search is null) Search = new(block);
        else Search.Refused();
        return [.. Search.Bad.Skip(before)];
    }

    /// <summary>Leaves what is next, in this poll.</summary>
    public void Leave()
    {
        if (Search is not null && !IsSearching) _known++;
        else _done = true;
    }
}
