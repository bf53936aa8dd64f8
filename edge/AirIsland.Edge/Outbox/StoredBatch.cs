using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>A batch as the outbox keeps it: its place is fixed, its bytes are what the cloud will store.</summary>
public sealed record StoredBatch(ulong Epoch, Lane Lane, long Sequence, byte[] Catalogue, ScanContent Content, EncodedBlock Block);
