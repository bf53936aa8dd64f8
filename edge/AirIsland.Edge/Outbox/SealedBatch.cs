using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// A batch as the outbox takes it: encoded against a catalogue (its id, which the outbox knows), without lane and number.
/// <see cref="Bad"/> of its samples are Bad. A batch without block only carries receipts.
/// </summary>
public sealed record SealedBatch(
    byte[] Catalogue, ScanContent Content, EncodedBlock? Block, int Bad, IReadOnlyList<Receipt> Receipts);
