using System.Collections.Immutable;

namespace AirIsland.Simulators;

/// <summary>Which station is served live, and what tells it from another run of it.</summary>
public sealed record PlantOptions
{
    /// <summary>Name of a scenario.</summary>
    public string Scenario { get; init; } = "demo";

    /// <summary>Name of a station of it; empty: its first.</summary>
    public string Station { get; init; } = "";

    /// <summary>Seed of weather, demand and meters. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Leaks by their ids with another diameter than the scenario's, mm; 0 is none.</summary>
    public IReadOnlyDictionary<string, double> Leaks { get; init; } = ImmutableDictionary<string, double>.Empty;
}
