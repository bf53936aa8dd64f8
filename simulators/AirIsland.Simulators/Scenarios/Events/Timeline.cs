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
        foreach (var one in events) Check(one);
        var twice = events.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new ArgumentException($"two events are called '{twice.Key}'", nameof(events));
        _entries = [.. events.Select(e => new Entry(e, plant))];
    }

    /// <summary>What has happened so far, in the order of the scenario.</summary>
    public IReadOnlyList<EventTruth> Truths => [.. _entries.Select(e => e.Truth(_start))];

    /// <summary>Before each step of the station: what begins, grows or ends at its time now.</summary>
    public void Advance()
    {
        var seconds = _plant.Station.Seconds - _startSeconds;
        if (seconds < _next) return;
        _next = double.PositiveInfinity;
        foreach (var entry in _entries) _next = Math.Min(_next, entry.Advance(seconds));
    }

    void IPlantFollower.Follow(DateTimeOffset instant) => Advance();

    private static void Check(ScenarioEvent one)
    {
        if (one.From < TimeSpan.Zero) throw new ArgumentException($"{one.Name}: it begins before the scenario");
        if (one.To <= one.From) throw new ArgumentException($"{one.Name}: it ends at {one.To}, not after {one.From}");
        if (one.Over < TimeSpan.Zero) throw new ArgumentException($"{one.Name}: it grows for {one.Over}");
        if (one.Over > TimeSpan.Zero && !one.CanGrow) throw new ArgumentException($"{one.Name}: it is there or not and cannot grow");
    }

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

        /// <summary>Gives the second at which to look again.</summary>
        public double Advance(double seconds)
        {
            var size = seconds < _from || seconds >= _to ? 0 : _over > 0 ? Math.Clamp((seconds - _from) / _over, double.Epsilon, 1) : 1;
            if (size != _size)
            {
                if (_size == 0) _first = Totals();
                if (size == 0) _last = Totals();
                _setSize(size);
                _size = size;
            }
            if (seconds < _from) return _from;
            if (seconds >= _to) return double.PositiveInfinity;
            return size < 1 ? Math.Min(_to, seconds + GrowSeconds) : _to;
        }

        public EventTruth Truth(DateTimeOffset start)
        {
            var last = _last ?? Totals();
            return new(
                scenario.Name,
                start + scenario.From,
                start + scenario.To,
                _first.Length == 0 && _size == 0 && _last is null ? [] : Amounts(last),
                scenario);
        }

        private double[] Totals() => [.. _measures.Select(m => m.Total())];

        private Dictionary<string, double> Amounts(double[] last) =>
            _measures.Select((measure, i) => (measure.Name, Amount: last[i] - _first[i])).ToDictionary(m => m.Name, m => m.Amount);
    }
}
