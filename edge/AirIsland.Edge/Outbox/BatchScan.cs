using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>Every sound batch of a damaged file, past the places where it cannot be read: row by row, without its indexes.</summary>
internal sealed class BatchScan(SqliteConnection db)
{
    // One page that cannot be read holds far fewer rows.
    private const int MostFailures = 10_000;

    private const int Piece = 64;

    public IEnumerable<ScannedBatch> Read()
    {
        using var next = new Statement(
            db, $"SELECT rowid, lane, sequence, {BatchRow.Columns} FROM batch NOT INDEXED WHERE rowid > ?1 ORDER BY rowid LIMIT {Piece}");
        var (last, failures, seen) = (0L, 0, new HashSet<(Lane, long)>());
        while (failures < MostFailures)
        {
            var found = new List<ScannedBatch>(Piece);
            var before = last;
            var isWhole = ReadPiece(next, found, ref last);
            foreach (var batch in found)
            {
                if (seen.Add((batch.Lane, batch.Sequence))) yield return batch;
            }
            if (isWhole && last == before) yield break;
            if (isWhole) continue;
            // Past the row that fails, whatever its number: the next that can be found is taken.
            last++;
            failures++;
        }
    }

    private static bool ReadPiece(Statement next, List<ScannedBatch> found, ref long last)
    {
        try
        {
            using var rows = next.Query(last);
            while (rows.Read())
            {
                last = rows.Whole(0);
                if (rows.IsDBNull(1) || rows.IsDBNull(2)) continue;
                var (lane, sequence) = ((Lane)rows.Whole(1), rows.Whole(2));
                if (BatchRow.Read(rows, lane, sequence, 3) is { } row) found.Add(new(lane, sequence, row));
            }
            return true;
        }
        catch (SqliteException e) when (OutboxDamagedException.Says(e))
        {
            return false;
        }
    }
}
