namespace AirIsland.Simulators.Physics;

/// <summary>
/// A refrigerated dryer for 60 m³/min FAD: 1.5 to 3 kW, Δp 0.02 MPa at full flow growing with its square, a dew point of 3 °C that
/// rises with load and warmth.
/// </summary>
public sealed class Dryer
{
    private const double RatedM3PerMin = 60;
    private const double FullDropMPa = 0.02;
    private const double PowerFactor = 0.8;

    private double _kilowatts;
    private double _kilowattHours;

    /// <summary>°C at line pressure.</summary>
    public double PressureDewPointCelsius { get; private set; } = 3;

    /// <summary>MPa lost across it now.</summary>
    public double DropMPa { get; private set; }

    public ElectricLoad Electricity => new(_kilowatts, ElectricLoad.KilovarsOf(_kilowatts, PowerFactor), _kilowattHours);

    /// <param name="seconds">Length of the step.</param>
    /// <param name="flowM3PerMin">Air passing, m³/min FAD.</param>
    /// <param name="ambient">Its condenser is cooled by this air.</param>
    public void Step(double seconds, double flowM3PerMin, InletAir ambient)
    {
        var load = flowM3PerMin / RatedM3PerMin;
        DropMPa = FullDropMPa * load * load;
        _kilowatts = 1.5 + 1.5 * Math.Min(1, load);
        _kilowattHours += _kilowatts * seconds / 3600;

        var settled = 3 + 3 * load * load + 0.08 * Math.Max(0, ambient.Celsius - 20);
        // The heat exchanger is heavy: the dew point follows within minutes, not at once.
        PressureDewPointCelsius += (settled - PressureDewPointCelsius) * Math.Min(1, seconds / 180);
    }
}
