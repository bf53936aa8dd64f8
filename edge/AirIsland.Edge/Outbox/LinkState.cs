namespace AirIsland.Edge.Outbox;

/// <summary>Whether the cloud takes batches now. The uplink says so; the outbox picks the lane by it.</summary>
public sealed class LinkState
{
    private volatile bool _isUp;

    public bool IsUp
    {
        get => _isUp;
        set => _isUp = value;
    }
}
