namespace AirIsland.Simulators.Devices.Meters;

/// <summary>One register of a field meter: counts what a sensor saw, times what the register's unit asks for.</summary>
internal sealed class CountedPoint(Totaliser totaliser, MeasuredPoint of, double perSecond)
{
    public Totaliser Totaliser => totaliser;

    public void Count(double seconds, bool backwards)
    {
        var amount = of.Mean * seconds * perSecond;
        if (backwards) totaliser.TakeBack(Math.Abs(amount));
        else if (amount > 0) totaliser.Add(amount);
    }
}
