using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// One edge node as a host application sees it: its session from birth to death, its numbers, its devices. It holds no time of its own:
/// deadlines are counted in <see cref="Tick"/>s. Not thread-safe.
/// </summary>
internal sealed class NodeFeed(string group, string node, (int Reorder, int Rebirth) ticks, SparkplugCounts counts)
{
    private readonly ReorderWindow<(SparkplugTopic Topic, SparkplugPayload Payload)> _window = new();
    private Dictionary<string, DeviceFeed> _devices = new(StringComparer.Ordinal);
    private byte? _birthNumber;
    private bool _wantsRebirth;
    private long _now;
    private long? _gapSince, _birthsDue, _askedAt;

    public string Group => group;

    public string Node => node;

    public IReadOnlyCollection<DeviceFeed> Devices => _devices.Values;

    /// <summary>Its birth is known and no number is missing for good: its data can be read.</summary>
    public bool IsFollowed { get; private set; }

    /// <summary>Its last message could not be read.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>From now on these are its devices, by device id; an empty one is the node itself. A new one needs a birth.</summary>
    public void Serve(Dictionary<string, DeviceFeed> devices)
    {
        _devices = devices;
        if (devices.Values.Any(d => !d.IsBorn)) AwaitBirths();
    }

    /// <summary>A connection begins, or messages were left out: nothing is known of the node, and it has to say.</summary>
    public void Meet()
    {
        // What is awaited already is not awaited longer: messages may be left out again and again.
        var due = IsFollowed ? null : _birthsDue;
        Leave();
        AwaitBirths();
        _birthsDue = due ?? _birthsDue;
    }

    /// <summary>The connection is lost: every tag is Bad, once.</summary>
    public IReadOnlyList<Scan> Lose()
    {
        Leave();
        _birthsDue = null;
        return [.. _devices.Values.SelectMany(d => d.Die())];
    }

    public IReadOnlyList<Scan> Take(SparkplugTopic topic, SparkplugPayload payload) => topic.Verb switch
    {
        SparkplugVerb.NBirth => Bear(payload),
        SparkplugVerb.NDeath => Die(payload),
        SparkplugVerb.NCmd or SparkplugVerb.DCmd => [],
        _ => Follow(topic, payload),
    };

    /// <summary>A message of the node could not be read: its number will be missing.</summary>
    public void Miss(SparkplugTopic topic)
    {
        _wantsRebirth = true;
        if (_devices.TryGetValue(topic.Device ?? "", out var device)) device.Gauge.Failed();
    }

    /// <summary>Time passes: what was awaited too long is given up.</summary>
    public IReadOnlyList<Scan> Tick()
    {
        _now++;
        if (_now - _gapSince >= ticks.Reorder) GiveUp();
        if (!(_now >= _birthsDue)) return [];
        _birthsDue = null;
        return [.. _devices.Values.Where(d => !d.IsBorn).SelectMany(d => d.Die())];
    }

    /// <summary>True when the node is to be asked for its births now: not more often than it may be.</summary>
    public bool IsToBeAsked()
    {
        if (!_wantsRebirth || _now - _askedAt < ticks.Rebirth) return false;
        (_wantsRebirth, _askedAt) = (false, _now);
        counts.AskedForRebirth();
        return true;
    }

    private IReadOnlyList<Scan> Bear(SparkplugPayload birth)
    {
        Leave();
        (IsFollowed, _birthNumber, _wantsRebirth) = (true, birth.BirthNumber, false);
        _window.Begin((byte)((birth.Sequence ?? 0) + 1));
        _birthsDue = _now + ticks.Reorder;
        return _devices.TryGetValue("", out var self) ? self.Bear(birth) : [];
    }

    // A will comes late: it may be of a session before this one. One without a number is taken: a node that lives will be born again.
    private IReadOnlyList<Scan> Die(SparkplugPayload death)
    {
        if (death.BirthNumber is { } number && _birthNumber is { } present && number != present)
        {
            counts.WasIgnored();
            return [];
        }
        _wantsRebirth = false;
        return Lose();
    }

    private IReadOnlyList<Scan> Follow(SparkplugTopic topic, SparkplugPayload payload)
    {
        if (!IsFollowed || payload.Sequence is not { } number)
        {
            counts.CameUnborn(payload.Metrics.Count);
            _wantsRebirth = true;
            return [];
        }
        if (!_window.TryAdd(number, (topic, payload), out var ready))
        {
            counts.CameUnborn(payload.Metrics.Count);
            GiveUp();
        }
        _gapSince = _window.Waiting == 0 ? null : _gapSince ?? _now;
        return [.. ready.SelectMany(m => Apply(m.Topic, m.Payload))];
    }

    private IReadOnlyList<Scan> Apply(SparkplugTopic topic, SparkplugPayload payload)
    {
        if (!_devices.TryGetValue(topic.Device ?? "", out var device)) return [];
        switch (topic.Verb)
        {
            case SparkplugVerb.DBirth: return device.Bear(payload);
            case SparkplugVerb.DDeath: return device.Die();
            default:
                if (device.IsBorn) return device.Read(payload);
                counts.CameUnborn(payload.Metrics.Count);
                _wantsRebirth = true;
                return [];
        }
    }

    // What waits behind the gap is not decoded: the missing message may have been a birth that gave the aliases another meaning.
    private void GiveUp()
    {
        counts.FoundGap();
        Leave();
        AwaitBirths();
    }

    // Long enough for more than one request.
    private void AwaitBirths()
    {
        _wantsRebirth = true;
        _birthsDue = _now + (3 * ticks.Rebirth);
    }

    private void Leave()
    {
        counts.CameUnborn(_window.Begin(0).Sum(m => m.Payload.Metrics.Count));
        (IsFollowed, _gapSince, _birthNumber) = (false, null, null);
        foreach (var device in _devices.Values) device.Forget();
    }
}
