namespace AirIsland.Simulators.Devices.Meters;

/// <summary>The wire from a place of the plant, with the time integral of what there was: its truth, whoever reads it.</summary>
internal sealed class Wire(TrueRate rate)
{
    /// <summary>Value times seconds, so far.</summary>
    public double Passed { get; private set; }

    /// <summary>The value in the step that has just been made.</summary>
    public double Pass(double seconds)
    {
        var value = rate(seconds);
        Passed += value * seconds;
        return value;
    }

    /// <summary>The value while nothing flows.</summary>
    public double Stand(double seconds) => rate(seconds);
}
