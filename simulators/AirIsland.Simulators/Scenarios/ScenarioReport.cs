using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AirIsland.Simulators.Scenarios;

/// <summary>
/// Before and after, beside what the article says that the product comes from. Ratios are all electricity of the stations over the air
/// through the companies' meters, in kWh per m³ at 20 °C and 101.325 kPa.
/// </summary>
public sealed record ScenarioReport(
    string Scenario, string Text, int Days, string ReferenceState, string Boundary, ScenarioSide Before, ScenarioSide After,
    double SavingPercent, PublishedFigures Published, ImmutableArray<ScenarioFigures> Stations)
{
    /// <summary>Compares what a run gave.</summary>
    /// <exception cref="FormatException">A station delivered nothing: it has no ratio.</exception>
    public static ScenarioReport Of(ScenarioFile scenario, int days, IReadOnlyList<ScenarioFigures> figures)
    {
        if (figures.FirstOrDefault(f => f.M3 <= 0) is { } idle)
            throw new FormatException($"scenario '{scenario.Name}': no air went to a company of '{idle.Station}' in {days} days");
        var (before, after) = (ScenarioSide.Of(figures, ScenarioSide.Before), ScenarioSide.Of(figures, ScenarioSide.After));
        return new(
            scenario.Name,
            scenario.Text,
            days,
            ScenarioFigures.State.Name,
            "station: compressors with fans and drives, dryer, cooling tower and pumps; up to the meters of the companies",
            before,
            after,
            Math.Round((1 - after.KWhPerM3 / before.KWhPerM3) * 100, 2),
            new(0.13338, 0.09234, 30.77),
            [.. figures]);
    }

    internal string ToText()
    {
        var text = new StringBuilder().AppendLine(Text).AppendLine(CultureInfo.InvariantCulture, $"{Days} days, m³ at {ReferenceState}");
        foreach (var s in Stations)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{s.Side,-7}{s.Station,-14}{s.M3,14:N0} m³ {s.KWh,12:N0} kWh {s.KWhPerM3:F5} kWh/m³ {s.HeaderMPa:F3} MPa");
        }
        return text
            .AppendLine(CultureInfo.InvariantCulture, $"before {Before.KWhPerM3:F5} (published {Published.Before:F5}) kWh/m³")
            .AppendLine(CultureInfo.InvariantCulture, $"after  {After.KWhPerM3:F5} (published {Published.After:F5}) kWh/m³")
            .Append(CultureInfo.InvariantCulture, $"saving {SavingPercent:F2} % (published {Published.SavingPercent:F2} %)")
            .ToString();
    }
}
