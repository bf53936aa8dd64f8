using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// What was deleted after it was acknowledged, should a cloud put back from a backup ask for it: a bounded number of stretches a lane,
/// so that a gap names what that cloud lacks, to the stretch, and not everything that ever was.
/// </summary>
internal sealed class ExpiredIndex : IDisposable
{
    public const int BatchesInAStretch = 64;

    private const int MostStretches = 4096;

    private readonly Statement _newest, _oldest, _above, _upTo, _count, _put, _delete, _clear;

    public ExpiredIndex(SqliteConnection db)
    {
        const string columns = "SELECT last_sequence, batches, first, until, points FROM expired WHERE lane = ?1";
        _newest = new(db, $"{columns} ORDER BY last_sequence DESC LIMIT 1");
        _oldest = new(db, $"{columns} ORDER BY last_sequence LIMIT 2");
        _above = new(db, $"{columns} AND last_sequence > ?2 ORDER BY last_sequence");
        _upTo = new(db, $"{columns} AND last_sequence <= ?2 ORDER BY last_sequence");
        _count = new(db, "SELECT count(*) FROM expired WHERE lane = ?1");
        _put = new(db, "INSERT INTO expired VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        _delete = new(db, "DELETE FROM expired WHERE lane = ?1 AND last_sequence = ?2");
        _clear = new(db, "DELETE FROM expired WHERE lane = ?1");
    }

    /// <summary>Takes down what was deleted next, a stretch at most.</summary>
    public void Add(Lane lane, IReadOnlyList<Expired> batches)
    {
        if (Joined(batches) is not { } expired) return;
        var newest = Query(_newest, (long)lane).FirstOrDefault();
        if (newest is not null && newest.Batches + expired.Batches <= BatchesInAStretch)
        {
            _delete.Run((long)lane, newest.LastSequence);
            Put(lane, Expired.Join(newest, expired));
            return;
        }
        Put(lane, expired);
        if (_count.Number((long)lane) <= MostStretches) return;
        var oldest = Query(_oldest, (long)lane);
        foreach (var stretch in oldest) _delete.Run((long)lane, stretch.LastSequence);
        Put(lane, Joined(oldest));
    }

    /// <summary>What lies above a number, as one stretch; null when nothing does.</summary>
    public Expired? Above(Lane lane, long sequence) => Joined(Query(_above, (long)lane, sequence));

    /// <summary>The rest.</summary>
    public Expired? UpTo(Lane lane, long sequence) => Joined(Query(_upTo, (long)lane, sequence));

    /// <summary>Forgets the lane but for <paramref name="before"/>, which counts as deleted before its first number.</summary>
    public void Restart(Lane lane, Expired? before)
    {
        _clear.Run((long)lane);
        Put(lane, before is null ? null : before with { LastSequence = 0, Batches = BatchesInAStretch });
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_newest, _oldest, _above, _upTo, _count, _put, _delete, _clear])
            statement.Dispose();
    }

    private static Expired? Joined(IReadOnlyList<Expired> stretches) => stretches.Aggregate((Expired?)null, Expired.Join);

    private static List<Expired> Query(Statement statement, params ReadOnlySpan<object> values)
    {
        var found = new List<Expired>();
        using var rows = statement.Query(values);
        while (rows.Read())
            found.Add(new(rows.Whole(0), (int)rows.Whole(1), rows.Whole(2), rows.Whole(3), rows.Whole(4)));
        return found;
    }

    private void Put(Lane lane, Expired? e)
    {
        if (e is not null) _put.Run((long)lane, e.LastSequence, (long)e.Batches, e.From, e.To, e.Points);
    }
}
