using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>What one hole lost, m³, and its diameter at the end.</summary>
public sealed record LeakFigure(string Id, string Place, bool IsBehindMeter, double DiameterMm, double LostM3)
{
    internal static LeakFigure Of(LeakTruth leak) => new(leak.Id, leak.Place, leak.IsBehindMeter, leak.DiameterMm, AirTruth.M3(leak.Kg));
}
