namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What a drain did in one step.</summary>
/// <param name="WaterKg">Liquid drained.</param>
/// <param name="AirKg">Dry air lost; it also carries the vapour of the vessel that it comes from.</param>
/// <param name="CarriedOverKg">Liquid that found no room and goes on with the air.</param>
public readonly record struct DrainFlow(double WaterKg, double AirKg, double CarriedOverKg);
