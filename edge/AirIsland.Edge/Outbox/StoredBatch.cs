using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>A batch as the outbox keeps it: its place is fixed, its bytes are what the cloud will store.</summary>
public sealed record StoredBatch(ulong Epoch, Lane Lane, long Sequence, byte[] Catalogue, ScanContent Content, EncodedBlock Block)
{
    /// <summary>The limit has taken samples out of it: the cloud may know the number with other bytes.</summary>
    public bool IsThinned { get; init; }
}
