using AirIsland.Simulators.Devices.Meters.Registers;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>
/// The register of a meter: the exact sum of the amounts that the meter saw, shown in completed counts, starting again from zero at its
/// width. The sum is held in integers: whole counts, and 10⁻¹⁵ parts of a count. One amount is taken to the nearest part, which is what
/// the meter saw; from there on nothing is ever rounded, so that the register is the floor of the sum, after any number of steps.
/// </summary>
public sealed class Totaliser
{
    private const long PartsPerCount = 1_000_000_000_000_000;

    // What still fits a 64-bit sum of parts beside a part of a count.
    private const double MostCountsInParts = 9000;

    private readonly double _partsPerUnit;
    private readonly double _mostInParts;
    private readonly float _singleCount;
    private long _counts;
    private long _parts;
    private float _single;

    /// <summary>A register of integer counts.</summary>
    /// <param name="resolution">What one count is worth.</param>
    /// <param name="width">The first value that it cannot show.</param>
    /// <param name="initial">The sum at the beginning.</param>
    public Totaliser(decimal resolution, decimal width, decimal initial)
        : this(new() { Resolution = resolution, Rollover = width }, initial)
    {
    }

    /// <param name="spec">How the register is held.</param>
    /// <param name="initial">The sum at the beginning; the spec's own is not looked at.</param>
    public Totaliser(RegisterSpec spec, decimal initial)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spec.Resolution);
        Spec = spec;
        _partsPerUnit = (double)(PartsPerCount / spec.Resolution);
        _mostInParts = (double)spec.Resolution * MostCountsInParts;
        _singleCount = (float)(double)spec.Resolution;
        (_counts, _parts) = Split(initial);
        _single = (float)(double)(_counts * spec.Resolution);
    }

    public RegisterSpec Spec { get; }

    /// <summary>
    /// The sum behind the display, fractions included: what a meter keeps through a loss of power. A register that adds up in binary32
    /// keeps that number only.
    /// </summary>
    public decimal Total
    {
        get => Spec.Kind == RegisterKind.Float32 ? Exact(_single) : (_counts + (decimal)_parts / PartsPerCount) * Spec.Resolution;
        set
        {
            (_counts, _parts) = Split(value);
            if (Spec.Kind == RegisterKind.Float32) (_single, _parts) = ((float)(double)value, 0);
        }
    }

    /// <summary>What the display shows, below the width.</summary>
    public decimal Register => Spec.Kind switch
    {
        RegisterKind.Float32 => Wrapped(Exact(_single)),
        RegisterKind.Float32Sent => Exact((float)(double)Wrapped(_counts * Spec.Resolution)),
        _ => Wrapped(_counts * Spec.Resolution),
    };

    /// <summary>
    /// A meter that has run before, up to a million counts. It begins half a count on: nobody knows the phase of a meter, and the middle
    /// favours neither side.
    /// </summary>
    public static Totaliser Used(decimal resolution, decimal width, Random random) =>
        Used(new() { Resolution = resolution, Rollover = width }, random);

    /// <summary>A meter of that kind as it is fitted: with the spec's initial value, or used when it names none.</summary>
    public static Totaliser Used(RegisterSpec spec, Random random)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(random);
        var drawn = (random.Next(1_000_000) + 0.5m) * spec.Resolution;
        return new(spec, spec.Initial ?? (spec.Width is { } width ? drawn % width : drawn));
    }

    /// <exception cref="ArgumentOutOfRangeException">The amount is negative: a healthy meter does not run backwards.</exception>
    public void Add(double amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Turn(amount);
    }

    /// <summary>Runs backwards, as a meter does that is wired the wrong way round; below zero it shows its highest counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public void TakeBack(double amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Turn(-amount);
    }

    /// <summary>What <see cref="Add"/> takes an amount for: the nearest whole number of 10⁻¹⁵ counts, in the register's unit.</summary>
    public decimal Taken(double amount) =>
        Math.Abs(amount) < _mostInParts ? (decimal)Parts(amount) / PartsPerCount * Spec.Resolution : (decimal)amount;

    private long Parts(double amount) => (long)Math.Round(amount * _partsPerUnit);

    private void Turn(double amount)
    {
        if (!(Math.Abs(amount) < _mostInParts))
        {
            TurnFar((decimal)amount);
            return;
        }
        _parts += Parts(amount);
        if ((ulong)_parts >= PartsPerCount) Carry();
    }

    private void TurnFar(decimal amount)
    {
        var (counts, parts) = Split(amount);
        _parts += parts;
        Count(counts);
        Carry();
    }

    private void Carry()
    {
        var counts = _parts / PartsPerCount;
        if (_parts < counts * PartsPerCount) counts--;
        _parts -= counts * PartsPerCount;
        Count(counts);
    }

    private void Count(long counts)
    {
        _counts += counts;
        if (Spec.Kind != RegisterKind.Float32) return;
        var step = counts < 0 ? -_singleCount : _singleCount;
        for (var left = Math.Abs(counts); left > 0; left--)
        {
            var next = _single + step;
            // It stands: adding the rest changes nothing either.
            if (next == _single) return;
            _single = Spec.Width is { } width && next >= (float)(double)width ? 0 : next;
        }
    }

    private (long Counts, long Parts) Split(decimal value)
    {
        var exact = value / Spec.Resolution;
        var counts = decimal.Floor(exact);
        return ((long)counts, (long)((exact - counts) * PartsPerCount));
    }

    private decimal Wrapped(decimal value)
    {
        if (Spec.Width is not { } width) return value;
        var rest = value % width;
        return rest < 0 ? rest + width : rest;
    }

    // By way of the double: a cast of the float itself keeps seven digits only, and 16,777,216 has eight.
    private static decimal Exact(float single) => (decimal)(double)single;
}
