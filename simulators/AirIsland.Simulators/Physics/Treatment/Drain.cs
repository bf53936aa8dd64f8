namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>A condensate drain with its bowl. An open one first lets the water out, then air, to the atmosphere.</summary>
public sealed class Drain
{
    /// <summary>Discharge coefficient of the seat, water and air. Chosen: sharp edge.</summary>
    private const double Discharge = 0.65;

    private const double WaterDensity = 998;

    /// <summary>√k·(2/(k+1))^((k+1)/(2(k−1))) of ṁ = C·A·p·ψ/√(R·T) while choked, k = 1.4.</summary>
    private const double ChokedFactor = 0.684731;

    /// <summary>Critical pressure ratio of air.</summary>
    private const double Critical = 0.528282;

    /// <summary>A level drain opens above this share of its bowl and empties it. Chosen.</summary>
    private const double OpenLevel = 0.5;

    private readonly DrainRating _rating;
    private readonly double _areaM2;
    private double _phase;

    public Drain(DrainRating rating)
    {
        ArgumentNullException.ThrowIfNull(rating);
        if (rating.Kind == DrainKind.Timed) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rating.PeriodSeconds);
        _rating = rating;
        _areaM2 = Discharge * Math.PI / 4 * rating.OrificeM * rating.OrificeM;
    }

    public DrainFault Fault { get; set; }

    /// <summary>Water in the bowl, kg.</summary>
    public double HeldKg { get; private set; }

    /// <summary>Liquid drained so far, kg.</summary>
    public double DrainedKg { get; private set; }

    /// <summary>Dry air lost so far, kg.</summary>
    public double LostAirKg { get; private set; }

    /// <summary>Liquid that went on with the air so far, kg.</summary>
    public double CarriedOverKg { get; private set; }

    /// <param name="seconds">Length of the step, any.</param>
    /// <param name="condensateKg">Liquid that came to it in this step.</param>
    /// <param name="absolutePa">Pressure in the vessel above it.</param>
    /// <param name="kelvin">Temperature in the vessel above it.</param>
    public DrainFlow Step(double seconds, double condensateKg, double absolutePa, double kelvin)
    {
        HeldKg += condensateKg;
        var open = OpenSeconds(seconds);
        double water = 0, air = 0;
        if (open > 0 && absolutePa > DryAir.AtmospherePa)
        {
            var waterRate = _areaM2 * Math.Sqrt(2 * WaterDensity * (absolutePa - DryAir.AtmospherePa));
            water = Math.Min(HeldKg, waterRate * open);
            if (_rating.Kind == DrainKind.Timed || Fault == DrainFault.StuckOpen)
                air = AirRate(absolutePa, kelvin) * (open - water / waterRate);
        }
        HeldKg -= water;
        var over = Math.Max(0, HeldKg - _rating.BowlKg);
        HeldKg -= over;
        DrainedKg += water;
        LostAirKg += air;
        CarriedOverKg += over;
        return new(water, air, over);
    }

    /// <summary>
    /// Dry air, kg/s, through the open seat without water: choked by theory; below the critical pressure by the ellipse of ISO 6358-1
    /// (within 1 % of St. Venant).
    /// </summary>
    public double AirRate(double absolutePa, double kelvin)
    {
        var ratio = DryAir.AtmospherePa / absolutePa;
        if (ratio >= 1) return 0;
        var choked = _areaM2 * absolutePa * ChokedFactor / Math.Sqrt(DryAir.R * kelvin);
        if (ratio <= Critical) return choked;
        var over = (ratio - Critical) / (1 - Critical);
        return choked * Math.Sqrt(1 - over * over);
    }

    private double OpenSeconds(double seconds)
    {
        if (_rating.Kind == DrainKind.Timed)
        {
            var from = _phase;
            _phase += seconds;
            var open = OpenUntil(_phase) - OpenUntil(from);
            if (_phase >= _rating.PeriodSeconds) _phase -= _rating.PeriodSeconds * Math.Floor(_phase / _rating.PeriodSeconds);
            if (Fault == DrainFault.None) return open;
        }
        return Fault switch
        {
            DrainFault.StuckOpen => seconds,
            DrainFault.StuckClosed => 0,
            _ => HeldKg >= OpenLevel * _rating.BowlKg ? seconds : 0,
        };
    }

    /// <summary>Seconds open between the beginning of a period and <paramref name="time"/>.</summary>
    private double OpenUntil(double time)
    {
        var periods = Math.Floor(time / _rating.PeriodSeconds);
        return periods * _rating.OpenSeconds + Math.Min(_rating.OpenSeconds, time - periods * _rating.PeriodSeconds);
    }
}
