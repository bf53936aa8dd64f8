using AirIsland.Edge.Metering;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// Makes a new <c>outbox.db</c> of the rows of a damaged one that can still be read. It is made beside the damaged one, which stays as it
/// is and where it is until the new one is whole: a kill or a full disk on the way costs nothing but the way.
/// As long as epoch and places are sound the numbering goes on, so that the cloud tells what it has, and what is lost becomes gaps under
/// its numbers. Else a new epoch begins, with a gap and nothing more: nobody could tell what of the rest the cloud has.
/// </summary>
internal sealed class OutboxSalvage
{
    private const int RowsACommit = 256;
    private const long MostNumbers = 100_000_000;

    private static readonly string[] Kept = ["owner", "catalogue", "recent", "expired", "aside"];

    private readonly string _path, _draft;
    private readonly CatalogueContent _catalogue;
    private readonly long _now, _lastWrite;

    /// <param name="path">Of the damaged file.</param>
    /// <param name="draft">Where the new one is made.</param>
    /// <param name="catalogue">In use.</param>
    /// <param name="now">Site time.</param>
    public OutboxSalvage(string path, string draft, CatalogueContent catalogue, DateTimeOffset now)
    {
        (_path, _draft, _catalogue, _now) = (path, draft, catalogue, now.ToUnixTimeMilliseconds());
        // Of before anybody opened it: that alone may write to it.
        _lastWrite = Math.Min(new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeMilliseconds(), _now);
    }

    /// <summary>Makes the draft, whole and closed: batches brought over, batches that became gaps, whether the numbering goes on.</summary>
    /// <exception cref="SqliteException">The disk does not give the old file, or has no room for the new one.</exception>
    public (long Batches, long Lost, bool IsSameEpoch) Make()
    {
        try
        {
            using var source = OutboxSchema.OpenReader(_path);
            if (Places(source) is { } places) return Copy(source, places);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            // Nothing in it that could be followed.
        }
        Begin();
        return (0, 0, false);
    }

    // What the disk or the machine refuses is another matter: it may work at the next start, and the file is still there.
    private static bool IsUnreadable(Exception e) => e is OutboxDamagedException || (e is SqliteException s && !DiskFailure.Is(s));

    private (long Batches, long Lost, bool IsSameEpoch) Copy(SqliteConnection source, OutboxState places)
    {
        using var target = new OutboxFile(_draft, null, _catalogue);
        foreach (var table in Kept) CopyTable(source, target, table);
        var empty = target.Load();
        var state = target.Commit(empty, _ => Emptied(places));
        var batches = 0L;
        foreach (var rows in new BatchScan(source).Read().Where(r => Belongs(places, r)).Chunk(RowsACommit))
        {
            state = target.Commit(state, s => rows.Aggregate(s, (t, r) => Put(target, t, r)));
            batches += rows.Length;
        }
        using var rewriter = new BatchRewriter(target);
        var lost = 0L;
        foreach (var holes in Holes(target, state).Chunk(RowsACommit))
        {
            state = target.Commit(state, s => holes.Aggregate(s, (t, h) => rewriter.Fill(t, h.Lane, h.Sequence, _now)));
            lost += holes.Length;
        }
        OutboxSchema.Checkpoint(target.Connection);
        return (batches, lost, true);
    }

    /// <summary>
    /// Makes the draft, whole and closed, with nothing but a gap from the oldest batch that can be read: of those that wait, or of all when
    /// nobody can tell which wait.
    /// </summary>
    /// <exception cref="SqliteException">The disk has no room for it.</exception>
    public void Begin()
    {
        SalvageSwap.Remove(_draft);
        using var target = new OutboxFile(_draft, null, _catalogue);
        var gap = BatchRewriter.BlockOf(new([], OldestReadable(), _now + 1, "outbox damaged", 0));
        target.Commit(target.Load(), s => target.Append(s, Lane.Backfill, new(_catalogue.Id, ScanContent.Levels, gap, 0, []), _now));
        OutboxSchema.Checkpoint(target.Connection);
    }

    // What can be read and not be placed is lost with the rest, or set aside: the gap has to cover it.
    private long OldestReadable()
    {
        var oldest = _lastWrite;
        try
        {
            using var source = OutboxSchema.OpenReader(_path);
            var places = PlacesOrNull(source);
            foreach (var batch in new BatchScan(source).Read().Where(b => places is null || Waits(places, b)))
                oldest = Math.Min(oldest, batch.Row.Block.From);
        }
        catch (Exception e) when (e is SqliteException or OutboxDamagedException)
        {
            // What was read up to there counts.
        }
        return oldest;
    }

    private static OutboxState? PlacesOrNull(SqliteConnection source)
    {
        try
        {
            return Places(source);
        }
        catch (Exception e) when (e is SqliteException or OutboxDamagedException)
        {
            return null;
        }
    }

    // Null when so many numbers cannot be.
    private static OutboxState? Places(SqliteConnection source)
    {
        var state = OutboxPlaces.Load(source);
        var numbers = state.Live.Appended - state.Live.Oldest + state.Backfill.Appended - state.Backfill.Oldest;
        return numbers is >= 0 - 2 and < MostNumbers ? state : null;
    }

    private static OutboxState Emptied(OutboxState s) => s with
    {
        Live = s.Live with { KeptBytes = 0, PendingBytes = 0 },
        Backfill = s.Backfill with { KeptBytes = 0, PendingBytes = 0 },
    };

    private static bool Belongs(OutboxState places, ScannedBatch batch) =>
        batch.Lane is Lane.Live or Lane.Backfill
        && batch.Sequence >= places[batch.Lane].Oldest && batch.Sequence <= places[batch.Lane].Appended;

    private static bool Waits(OutboxState places, ScannedBatch batch) =>
        Belongs(places, batch) && batch.Sequence > places[batch.Lane].Acknowledged;

    private static OutboxState Put(OutboxFile target, OutboxState state, ScannedBatch batch)
    {
        target.Insert(batch.Lane, batch.Sequence, batch.Row);
        var (s, size) = (state[batch.Lane], batch.Row.Block.Payload.Length);
        return state.With(batch.Lane, batch.Sequence > s.Acknowledged
            ? s with { PendingBytes = s.PendingBytes + size }
            : s with { KeptBytes = s.KeptBytes + size });
    }

    private static IEnumerable<(Lane Lane, long Sequence)> Holes(OutboxFile target, OutboxState state)
    {
        foreach (var lane in (Lane[])[Lane.Live, Lane.Backfill])
        {
            using var numbers = new Statement(target.Connection, "SELECT sequence FROM batch WHERE lane = ?1");
            var there = new HashSet<long>();
            using (var rows = numbers.Query((long)lane))
            {
                while (rows.Read()) there.Add(rows.Whole(0));
            }
            for (var n = state[lane].Oldest; n <= state[lane].Appended; n++)
            {
                if (!there.Contains(n)) yield return (lane, n);
            }
        }
    }

    // As far as it can be read: none of it is needed to go on.
    private static void CopyTable(SqliteConnection source, OutboxFile target, string table) => target.Commit(target.Load(), s =>
    {
        try
        {
            using var select = new Statement(source, $"SELECT * FROM {table}");
            using var rows = select.Query();
            var values = new object[rows.FieldCount];
            var places = string.Join(", ", Enumerable.Range(1, values.Length).Select(i => $"?{i}"));
            using var insert = new Statement(target.Connection, $"INSERT OR IGNORE INTO {table} VALUES ({places})");
            while (rows.Read())
            {
                rows.GetValues(values);
                insert.Run(values);
            }
        }
        catch (SqliteException e) when (!DiskFailure.Is(e))
        {
            // What was read up to there stays.
        }
        return s;
    });
}
