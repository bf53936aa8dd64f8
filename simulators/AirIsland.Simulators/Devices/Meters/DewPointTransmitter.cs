using AirIsland.Simulators.Physics;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>A dew-point transmitter behind the dryer: pressure dew point °C ± 0.2, pressure MPa(g), temperature °C.</summary>
public sealed class DewPointTransmitter : IInstrument
{
    private readonly Plant _plant;
    private readonly Flicker _flicker;
    private readonly Readings _readings = new();

    public DewPointTransmitter(Plant plant, Random random)
    {
        (_plant, _flicker) = (plant, new(random));
        Show();
    }

    public IReadOnlyDictionary<string, Totaliser> Registers { get; } = new Dictionary<string, Totaliser>();

    public void Advance(TimeSpan dt) => Show();

    public void Stand() => Show();

    public decimal Read(string point) => _readings[point];

    private void Show()
    {
        _readings.Set("PressureDewPoint", _flicker.On(_plant.Dryer.PressureDewPointCelsius, 0.07));
        _readings.Set("GaugePressure", _flicker.On(_plant.HeaderGaugeMPa, 0.0003));
        _readings.Set("Temperature", _flicker.On(_plant.LineCelsius, 0.03));
    }
}
