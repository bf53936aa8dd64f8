using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// A row of table <c>batch</c> without its place; <see cref="Appended"/> in ms since 1970 UTC. <see cref="IsThinned"/>: the block is not
/// the one that was appended, the limit has taken samples out of it.
/// </summary>
internal sealed record BatchRow(byte[] Catalogue, ScanContent Content, long Appended, EncodedBlock Block, bool IsThinned)
{
    public const string Columns = "catalogue, content, appended, points, first, last, crc, encoding, payload, thinned, head";

    /// <summary>The checksum of everything but the payload, which has its own.</summary>
    public long Head => RowCheck.Of(
        Catalogue, (long)Content, Appended, Block.PointCount, Block.From, Block.To, Block.Crc32C, (long)Block.Encoding, IsThinned ? 1 : 0);

    /// <summary>The row that starts at a column of the result; null when it is not what was written.</summary>
    public static BatchRow? Read(SqliteDataReader row, int at = 0)
    {
        try
        {
            var block = new EncodedBlock(
                row.GetFieldValue<byte[]>(at + 8), (BlockEncoding)row.GetInt64(at + 7), (uint)row.GetInt64(at + 6),
                (int)row.GetInt64(at + 3), row.GetInt64(at + 4), row.GetInt64(at + 5));
            var read = new BatchRow(
                row.GetFieldValue<byte[]>(at), (ScanContent)row.GetInt64(at + 1), row.GetInt64(at + 2), block, row.GetInt64(at + 9) != 0);
            // Files made before rows had a checksum hold none.
            var isSound = row.IsDBNull(at + 10) || row.GetInt64(at + 10) == read.Head;
            return isSound && Checksum.Crc32C(block.Payload) == block.Crc32C ? read : null;
        }
        catch (InvalidOperationException)
        {
            // Nothing where something must be.
            return null;
        }
    }
}
