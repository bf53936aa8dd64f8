using AirIsland.Simulators.Physics.Compressors;
using Compressor = AirIsland.Simulators.Physics.Compressors.Compressor;

namespace AirIsland.Simulators.Stations.Control;

/// <summary>Which machines can be used now, and in which order they come. Nothing is allocated after it is made.</summary>
internal sealed class MachineRoster
{
    private readonly CompressorSpec[] _specs;
    private readonly MachineSettings[] _settings;
    private readonly int[] _order;
    private readonly bool[] _isAvailable;
    private readonly bool[] _wasStarting;
    private readonly double[] _sinceStart;
    private readonly double[] _hours;
    private readonly bool _byHours;
    private readonly double _redealSeconds;
    private double _sinceDeal = double.PositiveInfinity;

    public MachineRoster(StationControlSpec spec, IReadOnlyList<CompressorSpec> machines)
    {
        _specs = [.. machines];
        _settings = [.. machines.Select((m, i) => new MachineSettings { Rank = 1 + Place(spec.Sequence, m.Id, i) })];
        _order = [.. Enumerable.Range(0, machines.Count)];
        _isAvailable = new bool[machines.Count];
        _wasStarting = new bool[machines.Count];
        _sinceStart = [.. machines.Select(_ => double.PositiveInfinity)];
        _hours = new double[machines.Count];
        _byHours = spec.Order == MachineOrder.LeastHours;
        _redealSeconds = spec.RedealSeconds;
    }

    /// <summary>All machines, the first to deliver first; those that cannot be used are among them.</summary>
    public ReadOnlySpan<int> Order => _order;

    public int Available { get; private set; }

    public bool IsAvailable(int machine) => _isAvailable[machine];

    /// <summary>The motor's last start is long enough ago for the next one.</summary>
    public bool MayStart(int machine) => _sinceStart[machine] >= _specs[machine].StartIntervalSeconds;

    public ref readonly MachineSettings Settings(int machine) => ref _settings[machine];

    public void Set(int machine, in MachineSettings settings)
    {
        if (settings.Rank != _settings[machine].Rank) _sinceDeal = double.PositiveInfinity;
        _settings[machine] = settings;
    }

    public void Pass(double seconds)
    {
        for (var i = 0; i < _sinceStart.Length; i++) _sinceStart[i] += seconds;
        _sinceDeal += seconds;
    }

    public void Look(double seconds, ReadOnlySpan<Compressor> machines, ReadOnlySpan<CompressorCommand> commands)
    {
        Available = 0;
        for (var i = 0; i < machines.Length; i++)
        {
            var machine = machines[i];
            var starts = machine.State == CompressorState.Starting;
            _sinceStart[i] = starts && !_wasStarting[i] ? seconds : _sinceStart[i] + seconds;
            _wasStarting[i] = starts;
            ref readonly var command = ref commands[i];
            var isSound = machine.Trip == CompressorTrip.None && !command.IsTripped && !command.IsWithoutMains;
            _isAvailable[i] = isSound && _settings[i].IsInService && (machine.State != CompressorState.Stopped || MayStart(i));
            if (_isAvailable[i]) Available++;
        }
        if (_sinceDeal >= _redealSeconds) Deal(machines);
        _sinceDeal += seconds;
    }

    private static int Place(IReadOnlyList<string>? sequence, string id, int otherwise)
    {
        for (var i = 0; i < sequence?.Count; i++)
            if (sequence[i] == id) return i;
        return otherwise;
    }

    /// <summary>Sorts by insertion: few machines, nearly in order, nothing to allocate.</summary>
    private void Deal(ReadOnlySpan<Compressor> machines)
    {
        _sinceDeal = 0;
        for (var i = 0; i < _hours.Length; i++) _hours[i] = _byHours ? machines[i].Totals.RunningSeconds : 0;
        for (var i = 1; i < _order.Length; i++)
        {
            var machine = _order[i];
            var at = i;
            for (; at > 0 && Precedes(machine, _order[at - 1]); at--) _order[at] = _order[at - 1];
            _order[at] = machine;
        }
    }

    private bool Precedes(int one, int other)
    {
        if (_hours[one] != _hours[other]) return _hours[one] < _hours[other];
        var (rank, otherRank) = (_settings[one].Rank, _settings[other].Rank);
        return rank != otherRank ? rank < otherRank : one < other;
    }
}
