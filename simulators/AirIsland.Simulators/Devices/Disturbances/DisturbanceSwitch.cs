using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices.Disturbances;

/// <summary>Switches what disturbs one device, at run time and from any thread, draws the lots, and counts what was disturbed.</summary>
public sealed class DisturbanceSwitch
{
    private static readonly DisturbanceKind[] Both = [DisturbanceKind.Latency, DisturbanceKind.Silence, DisturbanceKind.Duplicate];

    private static readonly DisturbanceKind[] OfMqtt = [.. Both, DisturbanceKind.OutOfOrder, DisturbanceKind.Malformed];

    private static readonly DisturbanceKind[] OfModbus =
    [
        .. Both, DisturbanceKind.Refusal, DisturbanceKind.WrongTransaction, DisturbanceKind.WrongUnit, DisturbanceKind.HalfFrame,
        DisturbanceKind.Reset, DisturbanceKind.Trickle, DisturbanceKind.ClientLimit,
    ];

    private readonly Lock _gate = new();
    private readonly DisturbanceKind[] _known;
    private readonly Random _lot;
    private readonly long[] _counts = new long[Enum.GetValues<DisturbanceKind>().Length];
    private Disturbance[] _active = [];
    private long _disturbed;

    internal DisturbanceSwitch(DeviceProtocol protocol, int seed) =>
        (_known, _lot) = (protocol == DeviceProtocol.Modbus ? OfModbus : OfMqtt, new(seed));

    /// <summary>What disturbs the device now.</summary>
    public IReadOnlyList<Disturbance> Active => Volatile.Read(ref _active);

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
        Volatile.Write(ref _active, [.. disturbances]);
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
            // What makes the rest meaningless happens alone.
            var alone = drawn.Find(d => d.Kind == DisturbanceKind.Silence) ?? drawn.Find(d => d.Kind == DisturbanceKind.Reset);
            if (alone is not null) drawn.RemoveAll(d => d != alone && d.Kind != DisturbanceKind.Latency);
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

    // A lot is drawn for every one, also for what always happens: so each draws the same whatever its probability.
    private bool Happens(Disturbance disturbance) => _lot.NextDouble() < disturbance.Probability;

    private void Check(Disturbance disturbance)
    {
        var kind = disturbance.Kind;
        if (!_known.Contains(kind)) throw new ArgumentException($"{kind} does not go with this device", nameof(disturbance));
        var sound = disturbance is { Probability: >= 0 and <= 1, MostClients: >= 0 }
            && disturbance.FirstRegister <= disturbance.LastRegister
            && disturbance.Delay >= TimeSpan.Zero && disturbance.Jitter >= TimeSpan.Zero;
        if (!sound) throw new ArgumentException($"the figures of {kind} make no sense", nameof(disturbance));
    }
}
