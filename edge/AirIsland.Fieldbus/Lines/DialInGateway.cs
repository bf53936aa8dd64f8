namespace AirIsland.Fieldbus.Lines;

/// <summary>A gateway that dials in to us, mostly over a mobile network, and how it is known.</summary>
public sealed record DialInGateway(string Name)
{
    /// <summary>
    /// The bytes with which it says who it is when it has connected. Empty: it says nothing, and whoever connects is taken for it; then it
    /// must be the only one of its listener.
    /// </summary>
    public ReadOnlyMemory<byte> Registration { get; init; }

    /// <summary>Bytes that it sends of its own accord, to keep the connection alive: dropped and counted. Empty: none.</summary>
    public ReadOnlyMemory<byte> Heartbeat { get; init; }

    /// <summary>What its packets may be apart within one frame. Default 100 ms.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMilliseconds(100);
}
