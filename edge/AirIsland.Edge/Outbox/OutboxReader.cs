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
        _batch = new(_db, $"SELECT {BatchRow.Columns} FROM batch WHERE lane = ?1 AND sequence = ?2");
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

    public byte[]? ReadCatalogue(byte[] id)
    {
        using var row = _catalogue.Query(id);
        return row.Read() ? row.Bytes(0) : null;
    }

    public void Dispose()
    {
        _batch.Dispose();
        _catalogue.Dispose();
        _db.Dispose();
    }
}
