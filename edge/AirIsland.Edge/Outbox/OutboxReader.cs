using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>The outbox's reading connection: it sees every commit and never waits for the writer. Not thread-safe.</summary>
internal sealed class OutboxReader : IDisposable
{
    private readonly SqliteConnection _db;
    private readonly Statement _batch, _catalogue;

    public OutboxReader(string path)
    {
        _db = OutboxSchema.OpenReader(path);
        _batch = new(_db, """
            SELECT catalogue, content, points, first, last, crc, encoding, payload FROM batch WHERE lane = ?1 AND sequence = ?2
            """);
        _catalogue = new(_db, "SELECT content FROM catalogue WHERE id = ?1");
    }

    public StoredBatch? Read(ulong epoch, Lane lane, long sequence)
    {
        using var row = _batch.Query((long)lane, sequence);
        if (!row.Read()) return null;
        var block = new EncodedBlock(
            row.GetFieldValue<byte[]>(7), (BlockEncoding)row.GetInt64(6), (uint)row.GetInt64(5),
            (int)row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
        return new(epoch, lane, sequence, row.GetFieldValue<byte[]>(0), (ScanContent)row.GetInt64(1), block);
    }

    public byte[]? ReadCatalogue(byte[] id)
    {
        using var row = _catalogue.Query(id);
        return row.Read() ? row.GetFieldValue<byte[]>(0) : null;
    }

    public void Dispose()
    {
        _batch.Dispose();
        _catalogue.Dispose();
        _db.Dispose();
    }
}
