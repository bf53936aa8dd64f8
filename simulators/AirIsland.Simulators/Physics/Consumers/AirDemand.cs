namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>What a company wants, kg of dry air a second.</summary>
/// <param name="RegulatedKgPerS">Behind regulators: the same at every pressure that suffices.</param>
/// <param name="UnregulatedKgPerS">Without: at the reference pressure, and in proportion to the absolute pressure.</param>
public readonly record struct AirDemand(double RegulatedKgPerS, double UnregulatedKgPerS);
