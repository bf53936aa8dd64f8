using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AirIsland.Simulators.Scenarios.Events;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>
/// What really happened in a scenario, beside the data that the meters made of it. m³ of dry air at the state that is named; kWh.
/// </summary>
public sealed record ScenarioTruth
{
    public required string Scenario { get; init; }

    public required string Text { get; init; }

    public required string Station { get; init; }

    public required ulong Seed { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>State of every m³ here.</summary>
    public required string ReferenceState { get; init; }

    public required AirTruth Air { get; init; }

    public required EnergyTruth Energy { get; init; }

    /// <summary>All electricity of the station over the air through the companies' meters; null without any.</summary>
    public required double? KWhPerM3 { get; init; }

    public required ImmutableArray<CompanyTruth> Companies { get; init; }

    public required ImmutableArray<LeakFigure> Leaks { get; init; }

    public required IReadOnlyList<EventTruth> Events { get; init; }

    public required ImmutableArray<MeterRecord> Meters { get; init; }

    public required ImmutableArray<DayTruth> Days { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, ScenarioRecorder.OneLine);

    internal string ToText()
    {
        var text = new StringBuilder().AppendLine(Text).AppendLine(
            CultureInfo.InvariantCulture,
            $"{From:yyyy-MM-dd HH:mm} to {To:yyyy-MM-dd HH:mm}, m³ at {ReferenceState}: {Air.MeteredM3:N0} m³ metered, "
            + $"{Air.LeakedM3:N0} m³ leaked, {Energy.ElectricKWh:N0} kWh, {KWhPerM3:F5} kWh/m³");
        foreach (var one in Events)
        {
            var amounts = string.Concat(one.Amounts.Select(a => string.Create(CultureInfo.InvariantCulture, $", {a.Key} {a.Value:N1}")));
            var until = one.To is { } to ? to.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) : "the end";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {one.Name}: {one.From:MM-dd HH:mm} to {until}{amounts}");
        }
        return text.ToString().TrimEnd();
    }
}
