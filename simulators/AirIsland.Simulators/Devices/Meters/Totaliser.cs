namespace AirIsland.Simulators.Devices.Meters;

/// <summary>
/// The register of a meter: an exact decimal sum of the amounts that the meter saw, shown in completed counts, starting again from zero
/// at its width.
/// </summary>
public sealed class Totaliser(decimal resolution, decimal width, decimal initial)
{
    private decimal _total = initial;

    /// <summary>The sum behind the display, fractions included: what a meter keeps through a loss of power.</summary>
    public decimal Total
    {
        get => _total;
        set => _total = value;
    }

    /// <summary>What the display shows, a whole multiple of the resolution below the width.</summary>
    public decimal Register => decimal.Floor(_total / resolution) * resolution % width;

    /// <summary>
    /// A meter that has run before, up to a million counts. It begins half a count on: nobody knows the phase of a meter, and the middle
    /// favours neither side.
    /// </summary>
    public static Totaliser Used(decimal resolution, decimal width, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new(resolution, width, (random.Next(1_000_000) + 0.5m) * resolution % width);
    }

    /// <exception cref="ArgumentOutOfRangeException">The amount is negative: these meters do not run backwards.</exception>
    public void Add(double amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        _total += (decimal)amount;
    }
}
