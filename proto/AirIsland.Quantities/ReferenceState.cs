using System.Collections.Immutable;

namespace AirIsland.Quantities;

/// <summary>
/// The temperature and absolute pressure (dry air) that make a cubic metre of air an amount. The same air differs by up to 8.7 %
/// between two of them, so every volume, flow, price and ratio names its state. Temperatures in hundredths of a kelvin and
/// pressures in pascal, as integers, so that a conversion is one exact fraction.
/// </summary>
public sealed record ReferenceState
{
    /// <summary>Free air delivery, 20 °C and 100 kPa: compressor ratings (ISO 1217, GB/T 3853, GB 19153).</summary>
    public static readonly ReferenceState Fad = new("FAD", 293_15, 100_000);

    /// <summary>Normal cubic metre, 0 °C and 101.325 kPa (DIN 1343): physics and ratios.</summary>
    public static readonly ReferenceState Normal = new("Normal", 273_15, 101_325);

    /// <summary>20 °C and 101.325 kPa: the usual state of Chinese gas trade.</summary>
    public static readonly ReferenceState Standard20 = new("Standard20", 293_15, 101_325);

    public static readonly ImmutableArray<ReferenceState> All = [Fad, Normal, Standard20];

    private ReferenceState(string name, long centikelvin, long pascals)
    {
        Name = name;
        Centikelvin = centikelvin;
        Pascals = pascals;
    }

    public string Name { get; }

    /// <summary>Absolute temperature, 0.01 K.</summary>
    public long Centikelvin { get; }

    /// <summary>Absolute pressure, Pa.</summary>
    public long Pascals { get; }

    /// <summary>The state of that name.</summary>
    /// <exception cref="FormatException">No state has that name.</exception>
    public static ReferenceState Parse(string name) =>
        All.FirstOrDefault(s => s.Name == name)
        ?? throw new FormatException($"'{name}' is no reference state; known are {string.Join(", ", All.Select(s => s.Name))}");

    /// <summary>What one cubic metre at this state measures at <paramref name="other"/>: p₁·T₂ / (p₂·T₁), ideal gas, dry.</summary>
    public ConversionFactor To(ReferenceState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ConversionFactor.Of(Pascals * other.Centikelvin, other.Pascals * Centikelvin);
    }

    public override string ToString() => Name;
}
