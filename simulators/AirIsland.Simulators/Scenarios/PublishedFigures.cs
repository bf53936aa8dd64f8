namespace AirIsland.Simulators.Scenarios;

/// <summary>
/// What the article that the product comes from says of its first station: kWh/m³, of no stated reference state, and the saving.
/// </summary>
public sealed record PublishedFigures(double Before, double After, double SavingPercent);
