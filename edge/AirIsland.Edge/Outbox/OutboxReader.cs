using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>The outbox's reading connection: it sees every commit and never waits for the writer. Not thread-safe.</summary>
internal sealed class OutboxReader : IDisposable
{
    private readonly SqliteConnection _db;
    private readonly Statement _batch, _catalogue, _last;

    public OutboxReader(string path)
    {
        _db = OutboxSchema.OpenReader(path);
        _batch = new(_db, $"SELECT {BatchRow.Columns} FROM batch WHERE lane = ?1 AND sequence = ?2");
        _last = new(_db, "SELECT max(appended) FROM batch WHERE (lane = 1 AND sequence = ?1) OR (lane = 2 AND sequence = ?2)");
        _catalogue = new(_db, "SELECT content FROM catalogue WHERE id = ?1");
    }

    /// <summary>Null when it is not there, or is not what was appended.</summary>
    public StoredBatch? Read(ulong epoch, Lane lane, long sequence)
    {
        using var rows = _batch.Query((long)lane, sequence);
        return rows.Read() && BatchRow.Read(rows, lane, sequence) is { } row
            ? new(epoch, lane, sequence, row.Catalogue, row.Content, row.Block) { IsThinned = row.IsThinned }
            : null;
    }

    /// <summary>When the later of these two was appended; null when neither is there.</summary>
    public long? Appended(long live, long backfill) => _last.Number(live, backfill);

    /// <summary>Null when it is not there, or is not what its id was taken of.</summary>
    public byte[]? ReadCatalogue(byte[] id)
    {
        using var row = _catalogue.Query(id);
        return row.Read() && !row.IsDBNull(0) && row.Bytes(0) is var bytes && id.AsSpan().SequenceEqual(SHA256.HashData(bytes))
            ? bytes
            : null;
    }

    public void Dispose()
    {
        _batch.Dispose();
        _catalogue.Dispose();
        _last.Dispose();
        _db.Dispose();
    }
}
