namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>What happened, as it stands in a truth file.</summary>
/// <param name="Name">Of the event.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it was put right; null: it was not, so far.</param>
/// <param name="Amounts">What ran up while it was there: <c>lostM3</c>, <c>electricKWh</c>.</param>
/// <param name="Event">As the scenario describes it.</param>
public sealed record EventTruth(
    string Name, DateTimeOffset From, DateTimeOffset? To, IReadOnlyDictionary<string, double> Amounts, ScenarioEvent Event);
