using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>A meter that a search heard, and which edition it answered in.</summary>
public sealed record FoundMeter(MeterAddress Address, DltEdition Edition);
