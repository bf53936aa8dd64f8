namespace AirIsland.Simulators.Scenarios;

/// <summary>All stations of one side together: m³ at 20 °C and 101.325 kPa, kWh.</summary>
public sealed record ScenarioSide(double M3, double UsedM3, double KWh, double KWhPerM3)
{
    public const string Before = "before";

    public const string After = "after";

    internal static ScenarioSide Of(IEnumerable<ScenarioFigures> figures, string side)
    {
        var own = figures.Where(f => f.Side == side).ToArray();
        var (m3, kWh) = (own.Sum(f => f.M3), own.Sum(f => f.KWh));
        return new(m3, own.Sum(f => f.UsedM3), kWh, Math.Round(kWh / m3, 5));
    }
}
