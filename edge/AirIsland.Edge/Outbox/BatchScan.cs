using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>Every sound batch of a damaged file, past the places where it cannot be read: row by row, without its indexes.</summary>
internal sealed class BatchScan(SqliteConnection db)
{
    // A page holds no more batches: row by row past one that cannot be read, in larger and larger steps past a page of pages.
    private const int RowsOfAPage = 128;

    public IEnumerable<ScannedBatch> Read()
    {
        using var after = new Statement(
            db, $"SELECT rowid, lane, sequence, {BatchRow.Columns} FROM batch NOT INDEXED WHERE rowid > ?1 ORDER BY rowid");
        var seen = new HashSet<(Lane, long)>();
        for (long? from = 0; from is { } start;)
        {
            var (last, isWhole) = (start, false);
            using (var rows = Start(after, start))
            {
                while (Next(rows, ref last, ref isWhole, out var batch))
                {
                    if (batch is not null && seen.Add((batch.Lane, batch.Sequence))) yield return batch;
                }
            }
            from = isWhole ? null : Beyond(after, Math.Max(start, last));
        }
    }

    // The first place after which something can be read, or nothing is left; null when there is none.
    private static long? Beyond(Statement after, long last)
    {
        var (bad, step) = (last, 1L);
        for (var tries = 1; step <= long.MaxValue - last; tries++)
        {
            if (CanRead(after, last + step)) return Between(after, bad, last + step);
            bad = last + step;
            step = tries < RowsOfAPage ? step + 1 : step * 2;
            if (step < 0) return null;
        }
        return null;
    }

    private static long Between(Statement after, long bad, long good)
    {
        while (good - bad > 1)
        {
            var middle = bad + ((good - bad) / 2);
            if (CanRead(after, middle)) good = middle;
            else bad = middle;
        }
        return good;
    }

    private static bool CanRead(Statement after, long last)
    {
        using var rows = Start(after, last);
        return rows is not null;
    }

    // Finds the first row, or that there is none; null when that cannot be read.
    private static SqliteDataReader? Start(Statement after, long last)
    {
        try
        {
            return after.Query(last);
        }
        catch (SqliteException e) when (OutboxDamagedException.Says(e))
        {
            return null;
        }
    }

    private static bool Next(SqliteDataReader? rows, ref long last, ref bool isWhole, out ScannedBatch? batch)
    {
        batch = null;
        try
        {
            if (rows is null) return false;
            isWhole = !rows.Read();
            if (isWhole) return false;
            last = rows.Whole(0);
            if (rows.IsDBNull(1) || rows.IsDBNull(2)) return true;
            var (lane, sequence) = ((Lane)rows.Whole(1), rows.Whole(2));
            if (BatchRow.Read(rows, lane, sequence, 3) is { } row) batch = new(lane, sequence, row);
            return true;
        }
        catch (SqliteException e) when (OutboxDamagedException.Says(e))
        {
            return false;
        }
    }
}
