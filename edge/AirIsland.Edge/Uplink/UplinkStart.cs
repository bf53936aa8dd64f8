using Google.Protobuf;
using Lane = AirIsland.Edge.Outbox.Lane;

namespace AirIsland.Edge.Uplink;

/// <summary>What a session starts with: where to go on, how many batches may be out, and the catalogue the cloud already knows.</summary>
internal sealed record UplinkStart(IReadOnlyDictionary<Lane, long> From, uint Credit, ByteString? KnownCatalogue, UplinkOptions Options)
{
    /// <summary>Whether there is another address to go to when this cloud stores nothing.</summary>
    public bool HasOthers { get; init; }

    /// <summary>Called whenever the cloud stored something.</summary>
    public Action Stored { get; init; } = () => { };
}
