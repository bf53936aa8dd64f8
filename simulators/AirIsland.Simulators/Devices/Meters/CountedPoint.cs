namespace AirIsland.Simulators.Devices.Meters;

/// <summary>One register of a field meter: counts what a sensor saw, times what the register's unit asks for.</summary>
internal sealed class CountedPoint(Totaliser totaliser, MeasuredPoint of, double perSecond)
{
    public Totaliser Totaliser => totaliser;

    /// <summary>What there was to count at its place so far, whoever counted it, in the register's unit.</summary>
    public double Passed => of.Own.Passed * perSecond;

    public void Count(double seconds, bool backwards)
    {
        var amount = of.Mean * seconds * perSecond;
        if (backwards) totaliser.TakeBack(Math.Abs(amount));
        else if (amount > 0) totaliser.Add(amount);
    }
}
