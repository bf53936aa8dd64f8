using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>
/// Lets the events of a scenario happen to a station, counted from when this was made. Growing ones grow minute by minute. Not
/// thread-safe.
/// </summary>
public sealed class Timeline : IPlantFollower
{
    private const double GrowSeconds = 60;

    private readonly MeteredStation _plant;
    private readonly DateTimeOffset _start;
    private readonly double _startSeconds;
    private readonly Entry[] _entries;
    private double _next;

    /// <exception cref="ArgumentException">An event is not possible here; the message says why.</exception>
    public Timeline(IReadOnlyList<ScenarioEvent> events, MeteredStation plant)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(plant);
        (_plant, _start, _startSeconds) = (plant, plant.Instant, plant.Station.Seconds);
        if (EventCheck.MistakesIn(events).FirstOrDefault() is { } mistake) throw new ArgumentException(mistake);
        _entries = [.. events.Select(e => new Entry(e, plant))];
    }

    /// <summary>What has happened so far, in the order of the scenario; what has not begun is not there.</summary>
    public IReadOnlyList<EventTruth> Truths => [.. _entries.Where(e => e.HasBegun).Select(e => e.Truth(_start))];

    /// <summary>Before each step of the station: what begins, grows or ends at its time now.</summary>
    public void Advance()
    {
        var seconds = _plant.Station.Seconds - _startSeconds;
        if (seconds < _next) return;
        _next = double.PositiveInfinity;
        // One may begin with what another puts back at the same instant.
        foreach (var entry in _entries) entry.End(seconds);
        foreach (var entry in _entries) _next = Math.Min(_next, entry.BeginOrGrow(seconds));
    }

    void IPlantFollower.Follow(DateTimeOffset instant) => Advance();

    private sealed class Entry(ScenarioEvent scenario, MeteredStation plant)
    {
        private readonly double _from = scenario.From.TotalSeconds;
        private readonly double _to = scenario.To?.TotalSeconds ?? double.PositiveInfinity;
        private readonly double _over = scenario.Over.TotalSeconds;
        private readonly Action<double> _setSize = scenario.Bind(plant);
        private readonly (string Name, Func<double> Total)[] _measures = [.. scenario.Measures(plant)];
        private double[] _first = [];
        private double[]? _last;
        private double _size;

        public bool HasBegun => _size > 0;

        public void End(double seconds)
        {
            if (!HasBegun || _last is not null || seconds < _to) return;
            _last = Totals();
            _setSize(0);
        }

        /// <summary>Gives the second at which to look again.</summary>
        public double BeginOrGrow(double seconds)
        {
            if (seconds < _from) return _from;
            if (seconds >= _to) return double.PositiveInfinity;
            if (_size >= 1) return _to;
            if (!HasBegun) _first = Totals();
            _size = _over > 0 ? Math.Clamp((seconds - _from) / _over, double.Epsilon, 1) : 1;
            _setSize(_size);
            return _size >= 1 ? _to : Math.Min(Math.Min(_to, _from + _over), seconds + GrowSeconds);
        }

        public EventTruth Truth(DateTimeOffset start) => new(
            scenario.Name, start + scenario.From, _last is null ? null : start + scenario.To, Amounts(_last ?? Totals()), scenario);

        private double[] Totals() => [.. _measures.Select(m => m.Total())];

        private Dictionary<string, double> Amounts(double[] last) =>
            _measures.Select((measure, i) => (measure.Name, Amount: last[i] - _first[i])).ToDictionary(m => m.Name, m => m.Amount);
    }
}
