namespace AirIsland.Simulators.Devices.Meters.Errors;

/// <summary>
/// From the true value to what one point of a meter makes of it: gain, linearity, offset and drift; range; low-flow cut-off; damping.
/// Display noise and the last digit come on top when the point is read. The true value is constant during a step; then the mean over a
/// step is exact, and what a register sums does not depend on the length of the steps. Cut-off acts before damping, so that damping
/// delays an amount and does not lose it.
/// </summary>
public sealed class MeasuringChain
{
    private const double SecondsPerYear = 365 * 86400.0;
    private const decimal FinestDigit = 0.000001m;

    private readonly double _lowLoadBand;
    private readonly ulong _seed;
    private double _stepSeconds = double.NaN;
    private double _remaining;
    private double _meanRemaining;
    private double _age;
    private double _driftPerSecond;
    private double _target = double.NaN;
    private double _level;

    /// <param name="spec">The data sheet.</param>
    /// <param name="errors">How far this one is off.</param>
    /// <param name="seed">Of the display's noise.</param>
    public MeasuringChain(MeterSpec spec, MeterErrors errors, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spec.FullScale);
        (Spec, Errors, _seed) = (spec, errors, seed);
        _driftPerSecond = errors.DriftPerYear / SecondsPerYear;
        _lowLoadBand = AccuracyClass.Parse(spec.Class).LowLoad * spec.FullScale;
    }

    public MeterSpec Spec { get; }

    public MeterErrors Errors { get; private set; }

    /// <summary>Seconds since the meter was fitted.</summary>
    public double AgeSeconds => _age;

    /// <summary>What a fault multiplies the seen value by: tampering, transformers, a phase. 1 without.</summary>
    public double FaultFactor { get; set; } = 1;

    /// <summary>What the sensor stands at whatever the truth is, or null when it is free.</summary>
    public double? StuckAt { get; set; }

    /// <summary>Standard deviation that a fault adds to a reading, in its unit.</summary>
    public double FaultNoise { get; set; }

    /// <summary>The gain error now as a share: drift and faults included, linearity and low load not. −0.3 loses 30 %.</summary>
    public double TrueGain => (1 + Errors.Gain + _driftPerSecond * _age) * FaultFactor - 1;

    /// <summary>What it shows at the end of the step, before noise and rounding.</summary>
    public double Level => _level;

    /// <summary>What the sensor made of the last true value, before damping.</summary>
    public double Target => double.IsNaN(_target) ? 0 : _target;

    /// <summary>Sees a true value for that long, and gives the mean of what it takes it for. A meter that starts is settled.</summary>
    public double Advance(double truth, double seconds)
    {
        if (seconds != _stepSeconds) Prepare(seconds);
        var fresh = double.IsNaN(_target);
        _target = Seen(truth, _age + seconds / 2);
        _age += seconds;
        if (fresh) _level = _target;
        if (_meanRemaining == 0)
        {
            _level = _target;
            return _target;
        }
        var behind = _level - _target;
        _level = _target + behind * _remaining;
        return _target + behind * _meanRemaining;
    }

    /// <summary>Nothing flows: shows 0, has seen nothing, and is damped from there.</summary>
    public void Stand()
    {
        if (Spec.Flows) (_level, _target) = (0, 0);
    }

    /// <summary>What is read at that instant, noise and last digit included.</summary>
    /// <param name="ticks">The instant; the same one reads the same.</param>
    public decimal Reading(long ticks)
    {
        var deviation = Spec.Noise + Spec.NoiseShare * Math.Abs(_level) + FaultNoise;
        var value = deviation > 0 ? _level + deviation * InstantNoise.At(_seed, ticks) : _level;
        value = Math.Clamp(value, Math.Min(Spec.Low, _level), Spec.Ceiling);
        if (Math.Abs(value) < Spec.CutOff) return 0;
        var digit = Spec.Resolution > 0 ? Spec.Resolution : FinestDigit;
        return Math.Round((decimal)value / digit, MidpointRounding.AwayFromZero) * digit;
    }

    /// <summary>Another meter of the type takes the place of this one; gives the errors and the age of the one that left.</summary>
    public (MeterErrors Errors, double AgeSeconds) Exchange(MeterErrors errors, double ageSeconds)
    {
        var left = (Errors, _age);
        ArgumentNullException.ThrowIfNull(errors);
        (Errors, _age, _driftPerSecond) = (errors, ageSeconds, errors.DriftPerYear / SecondsPerYear);
        return left;
    }

    private double Seen(double truth, double age)
    {
        if (StuckAt is { } stuck) return stuck;
        var share = 1 + Errors.Gain + _driftPerSecond * age;
        if (Errors.Linearity != 0)
        {
            var place = Math.Clamp((truth - Spec.Low) / Spec.FullScale, 0, 1);
            share += Errors.Linearity * 4 * place * (1 - place);
        }
        var size = Math.Abs(truth);
        if (size < _lowLoadBand) share += Errors.LowLoad * (1 - size / _lowLoadBand);
        var seen = (truth * share + Errors.Offset) * FaultFactor;
        if (Math.Abs(seen) < Spec.CutOff) return 0;
        return Math.Clamp(seen, Spec.Low, Spec.Ceiling);
    }

    // First order, y' = (x − y)/τ: after dt e^(−dt/τ) of the distance is left, and τ/dt·(1 − e^(−dt/τ)) of it on average.
    private void Prepare(double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        _stepSeconds = seconds;
        var constants = Spec.ResponseSeconds > 0 ? seconds / Spec.ResponseSeconds : double.PositiveInfinity;
        _remaining = Math.Exp(-constants);
        _meanRemaining = constants > 0 ? (1 - _remaining) / constants : 1;
    }
}
