using AirIsland.Simulators.Physics;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>
/// A thermal mass flow meter at the header's end of a branch. Counts and shows m³ at 20 °C and 101.325 kPa. It totals what it sees,
/// gain error and low-flow cut-off included, but not the flicker of its display.
/// </summary>
public sealed class FlowMeter : IInstrument
{
    private readonly Plant _plant;
    private readonly Branch _branch;
    private readonly MeterAccuracy _accuracy;
    private readonly Totaliser _total;
    private readonly Flicker _flicker;
    private readonly Readings _readings = new();
    private double _meteredNormalM3;

    /// <param name="plant">Where it is fitted.</param>
    /// <param name="branch">The branch whose air it sees.</param>
    /// <param name="accuracy">Cut-off in m³/min.</param>
    /// <param name="total">Its register, m³.</param>
    /// <param name="random">Of its readings.</param>
    public FlowMeter(Plant plant, Branch branch, MeterAccuracy accuracy, Totaliser total, Random random)
    {
        ArgumentNullException.ThrowIfNull(branch);
        (_plant, _branch, _accuracy, _total, _flicker) = (plant, branch, accuracy, total, new(random));
        _meteredNormalM3 = branch.MeteredNormalM3;
        Registers = new Dictionary<string, Totaliser> { ["AccumulatedVolume"] = total };
        Show(0);
    }

    public IReadOnlyDictionary<string, Totaliser> Registers { get; }

    public void Advance(TimeSpan dt)
    {
        var minutes = dt.TotalMinutes;
        var trueFlow = (_branch.MeteredNormalM3 - _meteredNormalM3) / Air.NormalPerStandard20 / minutes;
        _meteredNormalM3 = _branch.MeteredNormalM3;
        var seen = _accuracy.Seen(trueFlow);
        _total.Add(seen * minutes);
        Show(seen);
    }

    public void Stand() => Show(0);

    public decimal Read(string point) => _readings[point];

    private void Show(double m3PerMin)
    {
        const double PipeAreaM2 = Math.PI / 4 * 0.1 * 0.1;
        var flow = Math.Max(0, _flicker.OnShare(m3PerMin, _accuracy.Noise));
        var lineFlow = flow * 0.101325 / (_plant.HeaderGaugeMPa + Air.AtmosphereMPa) * (_plant.LineCelsius + 273.15) / 293.15;
        _readings.Set("VolumeFlowRate", flow);
        _readings.Set("Velocity", lineFlow / 60 / PipeAreaM2);
        _readings.Set("GaugePressure", _flicker.On(_plant.HeaderGaugeMPa, 0.0003));
        _readings.Set("Temperature", _flicker.On(_plant.LineCelsius, 0.03));
        _readings.Set("AccumulatedVolume", _total.Register);
    }
}
