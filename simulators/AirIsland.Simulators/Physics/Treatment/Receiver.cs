namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// A vessel with any number of openings: dry air, its internal energy and its vapour. p = m·R·T/V. Each step: <see cref="Enter"/>,
/// <see cref="Leave"/> and <see cref="Pass"/> for what goes through its openings, then <see cref="Settle"/>. Air brings c_p·T in and
/// takes c_p·T out, so filling warms and blowing off cools; the wall gives heat to the room with a time constant. Energy of the water is
/// left out (below 1 %).
/// </summary>
public sealed class Receiver
{
    private readonly double _volumeM3;
    private readonly double _wallSeconds;
    private double _energyJ;
    private double _lastSeconds;
    private double _lastShare;

    /// <param name="volumeM3">Geometric volume.</param>
    /// <param name="absolutePa">Pressure at the start.</param>
    /// <param name="kelvin">Temperature at the start.</param>
    /// <param name="humidityRatio">Water in its air at the start, kg/kg.</param>
    /// <param name="wallSeconds">
    /// Time constant against the room; 300 s unless known better: 10 m³ at 0.8 MPa, 27 m² of wall at 8 W/(m²·K), calculated.
    /// </param>
    public Receiver(double volumeM3, double absolutePa, double kelvin, double humidityRatio = 0, double wallSeconds = 300)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(volumeM3);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(absolutePa);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wallSeconds);
        _volumeM3 = volumeM3;
        _wallSeconds = wallSeconds;
        AirKg = absolutePa * volumeM3 / (DryAir.R * kelvin);
        WaterKg = AirKg * humidityRatio;
        _energyJ = AirKg * DryAir.Cv * kelvin;
    }

    /// <summary>Dry air in it, kg.</summary>
    public double AirKg { get; private set; }

    /// <summary>Water in its air, kg.</summary>
    public double WaterKg { get; private set; }

    /// <summary>Internal energy of its air above 0 K, J.</summary>
    public double EnergyJ => _energyJ;

    public double Kelvin => _energyJ / (AirKg * DryAir.Cv);

    /// <summary>Absolute pressure: m·R·T/V = U·(k − 1)/V.</summary>
    public double Pa => _energyJ * (DryAir.R / DryAir.Cv) / _volumeM3;

    /// <summary>Water by dry air, kg/kg.</summary>
    public double HumidityRatio => WaterKg / AirKg;

    /// <summary>∂p/∂m at constant temperature, Pa/kg, for a solver.</summary>
    public double PascalPerKg => DryAir.R * Kelvin / _volumeM3;

    /// <summary>Heat given to the room so far, J; negative when it took some.</summary>
    public double HeatToRoomJ { get; private set; }

    /// <summary>Energy that air has brought so far, c_p·T, J.</summary>
    public double EnteredJ { get; private set; }

    /// <summary>Energy that air has taken away so far, c_p·T, J.</summary>
    public double LeftJ { get; private set; }

    /// <summary>Water that has fallen out so far, kg.</summary>
    public double CondensedKg { get; private set; }

    /// <summary>Dry air comes in with its own temperature and water.</summary>
    public void Enter(double kg, double kelvin, double humidityRatio)
    {
        var joules = kg * DryAir.Cp * kelvin;
        AirKg += kg;
        WaterKg += kg * humidityRatio;
        _energyJ += joules;
        EnteredJ += joules;
    }

    /// <summary>
    /// As much comes in as leaves, and mixes with what is there: it leaves as it is in the vessel afterwards, so that a flow which goes on
    /// brings its own temperature and water in the end. The mass stays.
    /// </summary>
    public void Pass(double kg, double kelvin, double humidityRatio)
    {
        var entered = kg * DryAir.Cp * kelvin;
        var before = _energyJ;
        _energyJ = (before + entered) / (1 + kg * DryAir.Cp / (AirKg * DryAir.Cv));
        WaterKg = (WaterKg + kg * humidityRatio) / (1 + kg / AirKg);
        EnteredJ += entered;
        LeftJ += before + entered - _energyJ;
    }

    /// <summary>Dry air leaves as it is in the vessel; its water is returned, kg.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would empty the vessel of air or heat.</exception>
    public double Leave(double kg)
    {
        var joules = kg * DryAir.Cp * Kelvin;
        if (kg >= AirKg || joules >= _energyJ)
            throw new ArgumentOutOfRangeException(nameof(kg), kg, $"more than the vessel gives in one step; it holds {AirKg} kg");
        var water = kg * HumidityRatio;
        AirKg -= kg;
        WaterKg -= water;
        _energyJ -= joules;
        LeftJ += joules;
        return water;
    }

    /// <summary>Heat flows to the room and what the air cannot hold falls out; the condensate is returned, kg.</summary>
    public double Settle(double seconds, double roomKelvin)
    {
        if (seconds != _lastSeconds) (_lastSeconds, _lastShare) = (seconds, 1 - Math.Exp(-seconds / _wallSeconds));
        var heat = (_energyJ - AirKg * DryAir.Cv * roomKelvin) * _lastShare;
        _energyJ -= heat;
        HeatToRoomJ += heat;

        var kg = AirKg * Moisture.Condensate(HumidityRatio, Kelvin, Pa);
        WaterKg -= kg;
        CondensedKg += kg;
        return kg;
    }
}
