using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// A batch as the outbox takes it: encoded, without lane and number. <see cref="Bad"/> of its samples are Bad. A batch without block only
/// carries receipts.
/// </summary>
public sealed record SealedBatch(ScanContent Content, EncodedBlock? Block, int Bad, IReadOnlyList<Receipt> Receipts);
