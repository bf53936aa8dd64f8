using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// What a row of table <c>batch</c> holds beside its place; <see cref="Appended"/> in ms since 1970 UTC. <see cref="IsThinned"/>: the
/// block is not the one that was appended, the limit has taken samples out of it.
/// </summary>
internal sealed record BatchRow(byte[] Catalogue, ScanContent Content, long Appended, EncodedBlock Block, bool IsThinned)
{
    public const string Columns = "catalogue, content, appended, points, first, last, crc, encoding, payload, thinned, head";

    /// <summary>The checksum of everything in the row but the payload, which has its own.</summary>
    public long Head(Lane lane, long sequence) => RowCheck.Of(
        Catalogue, (long)lane, sequence, (long)Content, Appended, Block.PointCount, Block.From, Block.To, Block.Crc32C,
        (long)Block.Encoding, IsThinned ? 1 : 0);

    /// <summary>The row of that place, from a column of the result on; null when it is not what was written there.</summary>
    public static BatchRow? Read(SqliteDataReader row, Lane lane, long sequence, int at = 0)
    {
        try
        {
            var block = new EncodedBlock(
                row.Bytes(at + 8), (BlockEncoding)row.Whole(at + 7), (uint)row.Whole(at + 6),
                (int)row.Whole(at + 3), row.Whole(at + 4), row.Whole(at + 5));
            var read = new BatchRow(
                row.Bytes(at), (ScanContent)row.Whole(at + 1), row.Whole(at + 2), block, row.Whole(at + 9) != 0);
            // Files made before rows had a checksum hold none.
            var isSound = row.IsDBNull(at + 10) || row.Whole(at + 10) == read.Head(lane, sequence);
            return isSound && Checksum.Crc32C(block.Payload) == block.Crc32C ? read : null;
        }
        catch (OutboxDamagedException)
        {
            // Nothing where something must be.
            return null;
        }
    }
}
