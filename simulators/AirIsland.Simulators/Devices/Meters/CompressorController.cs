using AirIsland.Simulators.Physics;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>The controller on a compressor: state, hours, pressures, temperature of the screw's outlet, and the motor's figures.</summary>
public sealed class CompressorController : IInstrument
{
    private const double MotorVolts = 400;
    private const double FullSpeedHertz = 50;
    private const double FullSpeedPerMinute = 2960;
    private const double WarmingSeconds = 240;

    private readonly Plant _plant;
    private readonly Compressor _compressor;
    private readonly Totaliser _running;
    private readonly Totaliser _loaded;
    private readonly Flicker _flicker;
    private readonly Readings _readings = new();
    private double _runningHours;
    private double _loadedHours;
    private double _celsius = 80;

    public CompressorController(Plant plant, Compressor compressor, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        (_plant, _compressor, _flicker) = (plant, compressor, new(random));
        var hours = random.Next(3000, 20000);
        _running = new(1, 65536, hours + 0.5m);
        _loaded = new(1, 65536, decimal.Floor(hours * 0.8m) + 0.5m);
        Registers = new Dictionary<string, Totaliser> { ["RunningTime"] = _running, ["LoadedTime"] = _loaded };
        Show(default, 0);
    }

    public IReadOnlyDictionary<string, Totaliser> Registers { get; }

    public void Advance(TimeSpan dt)
    {
        _running.Add(_compressor.RunningHours - _runningHours);
        _loaded.Add(_compressor.LoadedHours - _loadedHours);
        (_runningHours, _loadedHours) = (_compressor.RunningHours, _compressor.LoadedHours);

        var settled = _compressor.FlowM3PerMin > 0 ? 62 + _plant.Ambient.Celsius : _compressor.SpeedShare > 0 ? 65 : _plant.Ambient.Celsius;
        _celsius += (settled - _celsius) * Math.Min(1, dt.TotalSeconds / WarmingSeconds);
        Show(_compressor.Electricity, _compressor.SpeedShare);
    }

    public void Stand() => Show(default, 0);

    public decimal Read(string point) => _readings[point];

    private void Show(ElectricLoad load, double speedShare)
    {
        // A fixed speed has no converter: its motor lies on the mains as it is.
        var volts = _compressor.Rating.IsVariable ? MotorVolts * speedShare : speedShare > 0 ? MotorVolts : 0;
        var apparent = Math.Sqrt(load.Kilowatts * load.Kilowatts + load.Kilovars * load.Kilovars);
        foreach (var phase in (ReadOnlySpan<string>)["A", "B", "C"])
            _readings.Set($"motor/Current{phase}", _flicker.OnShare(apparent * 1000 / (Math.Sqrt(3) * MotorVolts), 0.004));

        var outlet = _plant.Receiver.GaugeMPa + (_compressor.FlowM3PerMin > 0 ? 0.01 : 0);
        _readings.Set("outlet/GaugePressure", _flicker.On(outlet, 0.001));
        _readings.Set("outlet/Temperature", _flicker.On(_celsius, 0.05));
        _readings.Set("system/GaugePressure", _flicker.On(_plant.HeaderGaugeMPa, 0.001));
        _readings.Set("motor/Voltage", volts);
        _readings.Set("motor/Frequency", FullSpeedHertz * speedShare);
        _readings.Set("motor/Speed", FullSpeedPerMinute * speedShare);
        _readings.Set("motor/Power", _flicker.OnShare(load.Kilowatts, 0.004));
        _readings.Set("OperatingState", (decimal)(int)_compressor.State);
        _readings.Set("FaultCode", 0m);
        _readings.Set("load/GaugePressure", _compressor.Rating.LoadBelowMPa);
        _readings.Set("unload/GaugePressure", _compressor.Rating.UnloadAboveMPa);
        _readings.Set("target/GaugePressure", _compressor.Rating.TargetMPa);
        _readings.Set("RunningTime", _running.Register);
        _readings.Set("LoadedTime", _loaded.Register);
    }
}
