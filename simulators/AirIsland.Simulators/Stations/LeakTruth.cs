namespace AirIsland.Simulators.Stations;

/// <summary>What one hole has lost since the station began, kg of dry air, and its diameter now.</summary>
public sealed record LeakTruth(string Id, string Place, bool IsBehindMeter, double DiameterMm, double Kg);
