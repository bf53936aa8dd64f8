namespace AirIsland.Edge.Outbox;

/// <summary>Live, or appended while the link was down. Numbers as on the wire.</summary>
public enum Lane
{
    Live = 1,
    Backfill = 2,
}
