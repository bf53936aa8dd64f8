namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// Δp = K·q·√(q² + q₀²)/ρ: turbulent flow, Δp ∝ q²/ρ (Darcy), that becomes laminar, Δp ∝ q, far below q₀. ρ is the density at the
/// inlet, so valid while Δp is small against the pressure.
/// </summary>
public readonly struct FlowResistance : IPressureDrop
{
    /// <summary>q₀ as a share of the rated flow. Chosen: changes Δp by less than 2 % above a tenth of the rated flow.</summary>
    private const double LaminarShare = 0.02;

    private readonly double _k;
    private readonly double _laminarSquared;

    /// <param name="dropPa">Drop at the rated point, Pa.</param>
    /// <param name="ratedKgPerSecond">Flow at the rated point.</param>
    /// <param name="absolutePa">Inlet pressure at the rated point.</param>
    /// <param name="kelvin">Temperature at the rated point.</param>
    public FlowResistance(double dropPa, double ratedKgPerSecond, double absolutePa, double kelvin)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratedKgPerSecond);
        var squared = ratedKgPerSecond * ratedKgPerSecond;
        _laminarSquared = LaminarShare * LaminarShare * squared;
        _k = dropPa * DryAir.Density(absolutePa, kelvin) / (ratedKgPerSecond * Math.Sqrt(squared + _laminarSquared));
    }

    private FlowResistance(double k, double laminarSquared)
    {
        _k = k;
        _laminarSquared = laminarSquared;
    }

    /// <summary>K of Δp = K·|q|·q/ρ, in Pa·(kg/m³)/(kg/s)².</summary>
    public double K => _k;

    /// <summary>The same passage made narrower: its drop times a factor.</summary>
    public FlowResistance Times(double factor) => new(_k * factor, _laminarSquared);

    public double DropPa(double kgPerSecond, double absolutePa, double kelvin) =>
        _k * kgPerSecond * Math.Sqrt(kgPerSecond * kgPerSecond + _laminarSquared) * DryAir.R * kelvin / absolutePa;

    public double DropSlope(double kgPerSecond, double absolutePa, double kelvin)
    {
        var sum = kgPerSecond * kgPerSecond + _laminarSquared;
        return _k * (kgPerSecond * kgPerSecond + sum) / Math.Sqrt(sum) * DryAir.R * kelvin / absolutePa;
    }
}
