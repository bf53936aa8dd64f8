using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices.Disturbances;

/// <summary>Switches what disturbs one device, at run time and from any thread, draws the lots, and counts what was disturbed.</summary>
public sealed class DisturbanceSwitch
{
    private static readonly DisturbanceKind[] Both = [DisturbanceKind.Latency, DisturbanceKind.Silence, DisturbanceKind.Duplicate];

    private static readonly DisturbanceKind[] OfMqtt = [.. Both, DisturbanceKind.OutOfOrder, DisturbanceKind.Malformed];

    private static readonly DisturbanceKind[] OfSparkplug = [DisturbanceKind.Silence];

    private static readonly DisturbanceKind[] OfModbus =
    [
        .. Both, DisturbanceKind.Refusal, DisturbanceKind.WrongTransaction, DisturbanceKind.WrongUnit, DisturbanceKind.HalfFrame,
        DisturbanceKind.Reset, DisturbanceKind.Trickle, DisturbanceKind.ClientLimit,
    ];

    private static readonly DisturbanceKind[] OfMeters =
    [
        .. Both, DisturbanceKind.Refusal, DisturbanceKind.WrongUnit, DisturbanceKind.HalfFrame, DisturbanceKind.Damage,
        DisturbanceKind.Trickle,
    ];

    /// <summary>Chosen: more at once than any test thinks of.</summary>
    internal const int MostAtOnce = 32;

    // Chosen: nobody waits longer for an answer or a message.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly DeviceProtocol _protocol;
    private readonly Random _lot;
    private readonly long[] _counts = new long[Enum.GetValues<DisturbanceKind>().Length];
    private KeyValuePair<string, Disturbance>[] _named = [];
    private Disturbance[] _active = [];
    private long _disturbed;

    internal DisturbanceSwitch(DeviceProtocol protocol, int seed) =>
        (_protocol, _lot) = (protocol, new(seed));

    /// <summary>What disturbs the device now.</summary>
    public IReadOnlyList<Disturbance> Active => Volatile.Read(ref _active);

    /// <summary>The same by the names under which they were set; those of <see cref="Turn"/> are numbered from 1.</summary>
    public IReadOnlyList<KeyValuePair<string, Disturbance>> Named => Volatile.Read(ref _named);

    /// <summary>Answers, messages and connections that were disturbed, each counted once however many disturbances met.</summary>
    public long Disturbed
    {
        get
        {
            lock (_gate) return _disturbed;
        }
    }

    /// <summary>How often each kind happened; those that never did are left out.</summary>
    public IReadOnlyDictionary<DisturbanceKind, long> Counts
    {
        get
        {
            lock (_gate)
                return Enum.GetValues<DisturbanceKind>().Where(kind => _counts[(int)kind] > 0).ToDictionary(kind => kind, CountOf);
            long CountOf(DisturbanceKind kind) => _counts[(int)kind];
        }
    }

    /// <summary>From now on these, and no other ones.</summary>
    /// <exception cref="ArgumentException">A disturbance does not go with the device's protocol, or its figures make no sense.</exception>
    public void Turn(params Disturbance[] disturbances)
    {
        ArgumentNullException.ThrowIfNull(disturbances);
        foreach (var disturbance in disturbances) Check(disturbance);
        lock (_gate) Replace([.. disturbances.Select((d, i) => KeyValuePair.Create($"{i + 1}", d))]);
    }

    /// <summary>From now on this one too; one that is on under the name is replaced.</summary>
    /// <exception cref="ArgumentException">It does not go with the protocol, its figures make no sense, or it is one too many.</exception>
    public void Set(string name, Disturbance disturbance)
    {
        ArgumentNullException.ThrowIfNull(disturbance);
        Check(disturbance);
        lock (_gate) Replace([.. _named.Where(named => named.Key != name), KeyValuePair.Create(name, disturbance)]);
    }

    /// <summary>From now on without the one of that name; false when none is on under it.</summary>
    public bool Clear(string name)
    {
        lock (_gate)
        {
            if (!_named.Any(named => named.Key == name)) return false;
            Replace([.. _named.Where(named => named.Key != name)]);
            return true;
        }
    }

    /// <summary>From now on nothing is disturbed.</summary>
    public void TurnOff() => Turn();

    /// <summary>What happens to the next answer or message, and counts it.</summary>
    internal IReadOnlyList<Disturbance> Draw(int address = 0, int count = 65536)
    {
        var active = Volatile.Read(ref _active);
        if (active.Length == 0) return [];
        lock (_gate)
        {
            var drawn = active.Where(d => d.Kind != DisturbanceKind.ClientLimit && d.Meets(address, count) && Happens(d)).ToList();
            LeaveOutMeaningless(drawn);
            if (drawn.Count > 0) _disturbed++;
            foreach (var disturbance in drawn) _counts[(int)disturbance.Kind]++;
            return drawn;
        }
    }

    /// <summary>The delay of a disturbance that was drawn, jitter included.</summary>
    internal TimeSpan DelayOf(Disturbance disturbance)
    {
        if (disturbance.Jitter == TimeSpan.Zero) return disturbance.Delay;
        lock (_gate) return disturbance.Delay + disturbance.Jitter * _lot.NextDouble();
    }

    /// <summary>Whether one more client may come beside those connected; counts the one that may not.</summary>
    internal bool Admits(int connected)
    {
        if (!Active.Any(d => d.Kind == DisturbanceKind.ClientLimit && connected >= d.MostClients)) return true;
        lock (_gate)
        {
            _disturbed++;
            _counts[(int)DisturbanceKind.ClientLimit]++;
        }
        return false;
    }

    /// <summary>What is silent or reset is nothing else; what was refused or cut does not come whole, in time or a second time.</summary>
    private static void LeaveOutMeaningless(List<Disturbance> drawn)
    {
        var alone = drawn.Find(d => d.Kind == DisturbanceKind.Silence) ?? drawn.Find(d => d.Kind == DisturbanceKind.Reset);
        if (alone is not null) drawn.RemoveAll(d => d != alone && d.Kind != DisturbanceKind.Latency);
        if (drawn.Exists(d => d.Kind == DisturbanceKind.Refusal))
            drawn.RemoveAll(d => d.Kind is DisturbanceKind.HalfFrame or DisturbanceKind.Damage);
        if (drawn.Exists(d => d.Kind == DisturbanceKind.HalfFrame)) drawn.RemoveAll(d => d.Kind == DisturbanceKind.Damage);
        if (drawn.Exists(d => d.Kind is DisturbanceKind.Refusal or DisturbanceKind.HalfFrame or DisturbanceKind.Damage))
            drawn.RemoveAll(d => d.Kind is DisturbanceKind.Trickle or DisturbanceKind.Duplicate);
    }

    private void Replace(KeyValuePair<string, Disturbance>[] named)
    {
        if (named.Length > MostAtOnce) throw new ArgumentException($"more than {MostAtOnce} disturbances at once", nameof(named));
        Volatile.Write(ref _named, named);
        Volatile.Write(ref _active, [.. named.Select(n => n.Value)]);
    }

    // A lot is drawn for every one, also for what always happens: so each draws the same whatever its probability.
    private bool Happens(Disturbance disturbance) => _lot.NextDouble() < disturbance.Probability;

    /// <summary>What is wrong with a disturbance of a device that speaks so; null when nothing is.</summary>
    internal static string? MistakeOf(DeviceProtocol protocol, Disturbance disturbance)
    {
        var known = protocol switch
        {
            DeviceProtocol.Modbus => OfModbus,
            DeviceProtocol.Dlt645 => OfMeters,
            DeviceProtocol.Sparkplug => OfSparkplug,
            _ => OfMqtt,
        };
        if (!known.Contains(disturbance.Kind))
            return $"{disturbance.Kind} does not go with this device (there are {string.Join(", ", known)})";
        if (disturbance is not { Probability: >= 0 and <= 1 }) return "a probability is from 0 to 1";
        if (disturbance.FirstRegister > disturbance.LastRegister) return "the first register is after the last";
        if (disturbance.Delay < TimeSpan.Zero || disturbance.Delay > LongestDelay) return $"a delay is from 0 to {LongestDelay:c}";
        if (disturbance.Jitter < TimeSpan.Zero || disturbance.Jitter > LongestDelay) return $"a jitter is from 0 to {LongestDelay:c}";
        if ((int)disturbance.Code is < 1 or > byte.MaxValue) return "an exception code is from 1 to 255";
        return disturbance.MostClients < 0 ? "no fewer clients than none" : null;
    }

    private void Check(Disturbance disturbance)
    {
        if (MistakeOf(_protocol, disturbance) is { } mistake) throw new ArgumentException(mistake, nameof(disturbance));
    }
}
