namespace AirIsland.Edge.Metering;

/// <summary>
/// A formula tied to slots (see <see cref="TagRegistry"/>): it fills <see cref="Tag"/> from <see cref="Inputs"/>, the first of which sets
/// it off.
/// </summary>
public sealed record BoundFormula(uint Tag, string Group, Formula Formula, IReadOnlyList<uint> Inputs, double Resolution, TimeSpan MaxAge);
