namespace AirIsland.Simulators.Devices.Meters;

/// <summary>The momentary readings of an instrument, kept from one step to the next so that one instant reads the same twice.</summary>
public sealed class Readings
{
    // Far below the resolution of every device; keeps what is sent free of digits that no sensor has.
    private const int Digits = 6;

    private readonly Dictionary<string, decimal> _values = [];

    public void Set(string point, double value) => _values[point] = (decimal)Math.Round(value, Digits);

    public void Set(string point, decimal value) => _values[point] = value;

    /// <exception cref="ArgumentException">There is no such point.</exception>
    public decimal this[string point] =>
        _values.TryGetValue(point, out var value) ? value : throw new ArgumentException($"no instrument reads '{point}'", nameof(point));
}
