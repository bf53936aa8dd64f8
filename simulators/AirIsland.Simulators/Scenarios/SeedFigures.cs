namespace AirIsland.Simulators.Scenarios;

/// <summary>What the seed's article says of its first station: kWh/m³ without a stated reference state or boundary, and the saving.</summary>
public sealed record SeedFigures(double Before, double After, double SavingPercent);
