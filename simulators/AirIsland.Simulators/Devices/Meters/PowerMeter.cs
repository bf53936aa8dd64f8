using AirIsland.Simulators.Physics;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>A three-phase energy meter behind current transformers. Shows primary values: V, A, Hz, kW; counts kWh.</summary>
public sealed class PowerMeter : IInstrument
{
    private const double PhaseVolts = 230;

    private static readonly (string Phase, double Share)[] Phases = [("A", 1.000), ("B", 1.006), ("C", 0.994)];

    private readonly Func<ElectricLoad> _load;
    private readonly MeterAccuracy _accuracy;
    private readonly Totaliser _total;
    private readonly Flicker _flicker;
    private readonly Readings _readings = new();
    private double _kilowattHours;

    /// <param name="load">What it is wired to.</param>
    /// <param name="accuracy">Cut-off in kW.</param>
    /// <param name="total">Its register, kWh.</param>
    /// <param name="random">Of its readings.</param>
    public PowerMeter(Func<ElectricLoad> load, MeterAccuracy accuracy, Totaliser total, Random random)
    {
        ArgumentNullException.ThrowIfNull(load);
        (_load, _accuracy, _total, _flicker) = (load, accuracy, total, new(random));
        _kilowattHours = load().KilowattHours;
        Registers = new Dictionary<string, Totaliser> { ["electrical/Energy"] = total };
        Show(default);
    }

    public IReadOnlyDictionary<string, Totaliser> Registers { get; }

    public void Advance(TimeSpan dt)
    {
        var load = _load();
        var trueKilowatts = (load.KilowattHours - _kilowattHours) / dt.TotalHours;
        _kilowattHours = load.KilowattHours;
        _total.Add(_accuracy.Seen(trueKilowatts) * dt.TotalHours);
        Show(load with { Kilowatts = _accuracy.Seen(trueKilowatts) });
    }

    public void Stand() => Show(default);

    public decimal Read(string point) => _readings[point];

    private void Show(ElectricLoad load)
    {
        var kilowatts = Math.Max(0, _flicker.OnShare(load.Kilowatts, _accuracy.Noise));
        var apparent = Math.Sqrt(kilowatts * kilowatts + load.Kilovars * load.Kilovars);
        foreach (var (phase, share) in Phases)
        {
            var volts = _flicker.On(PhaseVolts, 0.4);
            _readings.Set($"electrical/Voltage{phase}", volts);
            _readings.Set($"electrical/Current{phase}", apparent * share * 1000 / 3 / volts);
        }
        _readings.Set("electrical/Frequency", _flicker.On(50, 0.01));
        _readings.Set("electrical/Power", kilowatts);
        _readings.Set("electrical/PowerFactor", apparent > 0 ? kilowatts / apparent : 1);
        _readings.Set("electrical/Energy", _total.Register);
    }
}
