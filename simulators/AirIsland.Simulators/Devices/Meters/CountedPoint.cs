namespace AirIsland.Simulators.Devices.Meters;

/// <summary>One register of a field meter: counts what a sensor saw, times what the register's unit asks for.</summary>
/// <param name="totaliser">The register.</param>
/// <param name="of">Its sensor.</param>
/// <param name="perSecond">Register units per unit of the sensor and second.</param>
/// <param name="isDue">Whether it is this register that counts now, as with tariffs; null: always.</param>
internal sealed class CountedPoint(Totaliser totaliser, MeasuredPoint of, double perSecond, Func<bool>? isDue)
{
    private double _seen = of.Own.Passed;
    private double _dueSeen;
    private bool _isDue = true;

    public Totaliser Totaliser => totaliser;

    /// <summary>What there was to count at its place so far, whoever counted it, in the register's unit.</summary>
    public double Passed => (isDue is null ? of.Own.Passed : _dueSeen) * perSecond;

    /// <summary>Follows a step that the sensor has made, whether or not the register counts it.</summary>
    public void Pass()
    {
        _isDue = isDue?.Invoke() != false;
        if (_isDue) _dueSeen += of.Own.Passed - _seen;
        _seen = of.Own.Passed;
    }

    public void Count(double seconds, bool backwards)
    {
        if (!_isDue) return;
        var amount = of.Mean * seconds * perSecond;
        if (backwards) totaliser.TakeBack(Math.Abs(amount));
        else if (amount > 0) totaliser.Add(amount);
    }
}
