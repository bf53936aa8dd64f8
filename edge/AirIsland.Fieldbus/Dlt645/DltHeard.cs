namespace AirIsland.Fieldbus.Dlt645;

/// <summary>What a line said to a question that several meters may answer.</summary>
/// <param name="Meters">Whose answers were whole.</param>
/// <param name="WasDamaged">Whether there were bytes of no frame: some destroyed each other's answers.</param>
public sealed record DltHeard(IReadOnlyList<MeterAddress> Meters, bool WasDamaged);
