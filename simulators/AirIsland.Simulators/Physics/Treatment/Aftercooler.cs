namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// Cools compressed air towards its coolant and separates the water that falls out. T_out = T_coolant + approach·flow/rated, never
/// above the inlet; fouling widens the approach.
/// </summary>
public sealed class Aftercooler : IPressureDrop
{
    /// <summary>Share of the liquid that its cyclone separates. Chosen: makers claim 95 to 99 %.</summary>
    private const double Separation = 0.97;

    private readonly double _ratedKgPerSecond;
    private readonly double _approachKelvin;
    private readonly FlowResistance _resistance;

    /// <param name="ratedKgPerSecond">Rated flow, dry air.</param>
    /// <param name="approachKelvin">Outlet above coolant at rated flow; 10 K is usual.</param>
    /// <param name="dropPa">Δp at rated flow, 0.8 MPa absolute and 35 °C; 0.1 bar (chosen).</param>
    public Aftercooler(double ratedKgPerSecond, double approachKelvin = 10, double dropPa = 10_000)
    {
        _ratedKgPerSecond = ratedKgPerSecond;
        _approachKelvin = approachKelvin;
        _resistance = new(dropPa, ratedKgPerSecond, DesiccantDryerRating.RatedPa, DesiccantDryerRating.RatedKelvin);
    }

    /// <summary>Factor on the approach; 1 is clean.</summary>
    public double Fouling { get; set; } = 1;

    /// <summary>Water separated so far, kg.</summary>
    public double CondensedKg { get; private set; }

    /// <summary>Heat given to the coolant so far, J.</summary>
    public double HeatJ { get; private set; }

    public double DropPa(double kgPerSecond, double absolutePa, double kelvin) => _resistance.DropPa(kgPerSecond, absolutePa, kelvin);

    public double DropSlope(double kgPerSecond, double absolutePa, double kelvin) => _resistance.DropSlope(kgPerSecond, absolutePa, kelvin);

    public CoolerFlow Step(
        double seconds, double kgPerSecond, double inletPa, double inletKelvin, double inletHumidityRatio, double coolantKelvin)
    {
        var approach = _approachKelvin * Fouling * kgPerSecond / _ratedKgPerSecond;
        var outlet = Math.Min(inletKelvin, coolantKelvin + approach);
        var fallen = Moisture.Condensate(inletHumidityRatio, outlet, inletPa);
        var heat = kgPerSecond * (DryAir.Cp * (inletKelvin - outlet) + Moisture.CondensationJPerKg * fallen);
        var condensate = kgPerSecond * seconds * fallen * Separation;
        CondensedKg += condensate;
        HeatJ += heat * seconds;
        return new(outlet, inletHumidityRatio - fallen * Separation, condensate, heat);
    }
}
