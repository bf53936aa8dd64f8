namespace AirIsland.Simulators.Replay;

/// <summary>
/// Value in one unit = value in another × <see cref="Factor"/> + <see cref="Offset"/>. Exact definitions (SI brochure 9; NIST SP 811
/// appendix B for inch-pound units). Gauge pressures stay gauge, and air volumes keep their reference state.
/// </summary>
/// <param name="Factor">Above 0.</param>
/// <param name="Offset">In the unit that results.</param>
public readonly record struct UnitConversion(decimal Factor, decimal Offset)
{
    // Unit → what it measures, its size in the SI unit of that, and the SI value of its zero.
    private static readonly Dictionary<string, (string Of, decimal Size, decimal Zero)> Units = new(StringComparer.Ordinal)
    {
        ["Pa"] = ("pressure", 1, 0),
        ["mbar"] = ("pressure", 100, 0),
        ["kPa"] = ("pressure", 1_000, 0),
        ["bar"] = ("pressure", 100_000, 0),
        ["MPa"] = ("pressure", 1_000_000, 0),
        ["[psi]"] = ("pressure", 6894.757293168m, 0),
        ["kgf/cm2"] = ("pressure", 98_066.5m, 0),
        ["K"] = ("temperature", 1, 0),
        ["Cel"] = ("temperature", 1, 273.15m),
        ["[degF]"] = ("temperature", 5m / 9, 459.67m * 5 / 9),
        ["W"] = ("power", 1, 0),
        ["kW"] = ("power", 1_000, 0),
        ["MW"] = ("power", 1_000_000, 0),
        ["[HP]"] = ("power", 745.69987158227022m, 0),
        ["J"] = ("energy", 1, 0),
        ["MJ"] = ("energy", 1_000_000, 0),
        ["GJ"] = ("energy", 1_000_000_000, 0),
        ["W.h"] = ("energy", 3_600, 0),
        ["kW.h"] = ("energy", 3_600_000, 0),
        ["MW.h"] = ("energy", 3_600_000_000, 0),
        ["m3/s"] = ("flow", 1, 0),
        ["m3/min"] = ("flow", 1m / 60, 0),
        ["m3/h"] = ("flow", 1m / 3_600, 0),
        ["L/s"] = ("flow", 0.001m, 0),
        ["L/min"] = ("flow", 0.001m / 60, 0),
        ["[cft_i]/min"] = ("flow", 0.028316846592m / 60, 0),
        ["m3"] = ("volume", 1, 0),
        ["L"] = ("volume", 0.001m, 0),
        ["[cft_i]"] = ("volume", 0.028316846592m, 0),
        ["A"] = ("current", 1, 0),
        ["mA"] = ("current", 0.001m, 0),
        ["V"] = ("voltage", 1, 0),
        ["kV"] = ("voltage", 1_000, 0),
        ["s"] = ("time", 1, 0),
        ["min"] = ("time", 60, 0),
        ["h"] = ("time", 3_600, 0),
        ["d"] = ("time", 86_400, 0),
        ["Hz"] = ("frequency", 1, 0),
        ["/min"] = ("frequency", 1m / 60, 0),
        ["1"] = ("number", 1, 0),
        ["%"] = ("number", 0.01m, 0),
    };

    public static readonly UnitConversion None = new(1, 0);

    /// <summary>Null: one of them is not known, or they measure different things.</summary>
    public static UnitConversion? Between(string from, string to)
    {
        if (from == to) return None;
        return Units.TryGetValue(from, out var a) && Units.TryGetValue(to, out var b) && a.Of == b.Of
            ? new(a.Size / b.Size, (a.Zero - b.Zero) / b.Size)
            : null;
    }

    /// <summary>Units that can be brought to this one, itself included.</summary>
    public static IEnumerable<string> LeadingTo(string to) =>
        Units.TryGetValue(to, out var b) ? Units.Where(unit => unit.Value.Of == b.Of).Select(unit => unit.Key) : [to];

    public decimal Apply(decimal value) => value * Factor + Offset;
}
