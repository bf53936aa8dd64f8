using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// The reads of one group, poll after poll. What the device refuses is searched out, left out of the plan, and tried again alone and
/// rarely, one value a poll unless it is taken up again; all the rest is read as before.
/// </summary>
internal sealed class ReadPlan
{
    private readonly DeviceProfile _profile;
    private readonly IReadOnlyList<BoundPoint> _points;
    private readonly Dictionary<ProfilePoint, BoundPoint> _bound = new(ReferenceEqualityComparer.Instance);
    private readonly Quarantine _quarantine;
    private readonly Func<Backoff> _rest;
    private readonly HashSet<ReadCut> _cuts = [];
    private List<AskedBlock> _blocks = [];
    private ReadBlock? _trial;
    private int _at;
    private bool _isStale;

    /// <param name="group">The points to be read.</param>
    /// <param name="profile">Of the device.</param>
    /// <param name="quarantine">Of the group.</param>
    /// <param name="rest">Makes the rest of a block that the device has trouble with.</param>
    public ReadPlan(BoundGroup group, DeviceProfile profile, Quarantine quarantine, Func<Backoff> rest)
    {
        (_profile, _points, _quarantine, _rest) = (profile, group.Points, quarantine, rest);
        foreach (var point in _points) _bound.Add(point.Point, point);
        Renew();
    }

    /// <summary>What is read: the points that are not in quarantine.</summary>
    public IReadOnlyList<BoundPoint> Wanted { get; private set; } = [];

    /// <summary>The block of the plan that <see cref="Next"/> belongs to; null while a point in quarantine is tried.</summary>
    public AskedBlock? Current => _at < _blocks.Count ? _blocks[_at] : null;

    /// <summary>What to read next; null: the poll is over.</summary>
    public ReadBlock? Next
    {
        get
        {
            for (; _at < _blocks.Count; _at++)
            {
                if (_blocks[_at].Next is { } block) return block;
            }
            return _trial;
        }
    }

    /// <summary>A poll begins.</summary>
    public void Begin()
    {
        _at = 0;
        foreach (var block in _blocks) block.Begin();
        _trial = NextTrial();
    }

    public BoundPoint Of(ProfilePoint point) => _bound[point];

    public void Answered()
    {
        if (Current is { } block)
        {
            block.Answered();
            return;
        }
        if (_trial is null) return;
        _quarantine.Release(_trial.Points);
        // A device that was only starting has all of them again.
        (_trial, _isStale) = (NextTrial(), true);
    }

    /// <summary>The points that are bad for certain by this refusal.</summary>
    public IReadOnlyList<ProfilePoint> Refused()
    {
        if (Current is { } block) return block.Refused();
        if (_trial is not { } trial) return [];
        _quarantine.Add(trial.Points);
        _trial = null;
        return trial.Points;
    }

    /// <summary>Leaves what is next, in this poll.</summary>
    public void Leave()
    {
        if (Current is { } block) block.Leave();
        else _trial = null;
    }

    /// <summary>A poll has ended. What was found in it changes the next one.</summary>
    public void End()
    {
        if (_blocks.Exists(b => b.Search is { Next: not null })) return;
        foreach (var search in _blocks.Where(b => b.IsSearched).Select(b => b.Search!))
        {
            _quarantine.Add(search.Bad);
            _cuts.UnionWith(search.Cuts);
            _isStale = true;
        }
        if (_isStale) Renew();
    }

    private ReadBlock? NextTrial() => _quarantine.Due() is [var due, ..] ? due : null;

    private void Renew()
    {
        var wanted = _quarantine.Without(_points.Select(p => p.Point));
        var limits = ReadLimits.Of(_profile) with { Cuts = _cuts };
        Wanted = [.. wanted.Select(Of)];
        _blocks = [.. BlockPlanner.Plan(wanted, _profile.Points, limits).Select(b => new AskedBlock(b, _rest()))];
        _isStale = false;
    }
}
