namespace AirIsland.Edge.Metering;

/// <summary>Sees every scan once it is judged, on its way to the outbox. It must neither block nor throw.</summary>
public interface IScanObserver
{
    /// <param name="scan">Readings by slot.</param>
    /// <param name="site">The site whose tags they are.</param>
    void Observe(Scan scan, TagTable site);
}
