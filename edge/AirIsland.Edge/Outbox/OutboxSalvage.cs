using System.Globalization;
using AirIsland.Edge.Metering;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// Sets a damaged <c>outbox.db</c> aside as <c>outbox.damaged-TIME.db</c> and makes a new one of the rows that can still be read. As long
/// as epoch and places are sound the numbering goes on, so that the cloud tells what it has, and what is lost becomes gaps under its
/// numbers.
/// Else a new epoch begins, with a gap and nothing more: nobody could tell what of the rest the cloud has.
/// </summary>
internal sealed class OutboxSalvage
{
    private const int MostDamaged = 3;
    private const int RowsACommit = 256;
    private const long MostNumbers = 100_000_000;

    private static readonly string[] Kept = ["owner", "catalogue", "recent", "expired", "aside"];

    private readonly string _directory, _path;
    private readonly long _now;

    public OutboxSalvage(string directory, DateTimeOffset now)
    {
        (_directory, _path, _now) = (directory, Path.Combine(directory, OutboxStore.FileName), now.ToUnixTimeMilliseconds());
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        Damaged = Enumerable.Range(1, MostDamaged + 1)
            .Select(n => Path.Combine(directory, $"outbox.damaged-{time}{(n == 1 ? "" : $"-{n}")}.db"))
            .First(n => !File.Exists(n));
    }

    /// <summary>Where the damaged file goes.</summary>
    public string Damaged { get; }

    /// <summary>Batches brought over, batches that became gaps, and whether the numbering goes on.</summary>
    /// <exception cref="SqliteException">The disk has no room for a new file either.</exception>
    public (long Batches, long Lost, bool IsSameEpoch) Run(long? maxBytes, CatalogueContent catalogue)
    {
        SetAside();
        try
        {
            using var source = OutboxSchema.OpenReader(Damaged);
            var state = OutboxPlaces.Load(source);
            var numbers = state.Live.Appended - state.Live.Oldest + state.Backfill.Appended - state.Backfill.Oldest;
            if (numbers is >= 0 - 2 and < MostNumbers) return Copy(source, state, maxBytes, catalogue);
        }
        catch (Exception e) when (e is OutboxDamagedException or SqliteException)
        {
            // Nothing in it that could be followed, or no room for both. A disk that takes nothing fails below once more.
        }
        Remove(_path);
        Begin(maxBytes, catalogue);
        return (0, 0, false);
    }

    private void SetAside()
    {
        File.Move(_path, Damaged);
        if (File.Exists($"{_path}-wal")) File.Move($"{_path}-wal", $"{Damaged}-wal");
        File.Delete($"{_path}-shm");
        foreach (var old in Directory.GetFiles(_directory, "outbox.damaged-*.db").Order(StringComparer.Ordinal).SkipLast(MostDamaged))
            Remove(old);
    }

    private (long Batches, long Lost, bool IsSameEpoch) Copy(
        SqliteConnection source, OutboxState places, long? maxBytes, CatalogueContent catalogue)
    {
        using var target = new OutboxFile(_path, maxBytes, catalogue);
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
        return (batches, lost, true);
    }

    private void Begin(long? maxBytes, CatalogueContent catalogue)
    {
        using var target = new OutboxFile(_path, maxBytes, catalogue);
        var lastWrite = Math.Min(new DateTimeOffset(File.GetLastWriteTimeUtc(Damaged)).ToUnixTimeMilliseconds(), _now);
        var gap = BatchRewriter.BlockOf(new([], lastWrite, _now + 1, "outbox damaged", 0));
        target.Commit(target.Load(), s => target.Append(s, Lane.Backfill, new(catalogue.Id, ScanContent.Levels, gap, 0, []), _now));
    }

    private static OutboxState Emptied(OutboxState s) => s with
    {
        Live = s.Live with { KeptBytes = 0, PendingBytes = 0 },
        Backfill = s.Backfill with { KeptBytes = 0, PendingBytes = 0 },
    };

    private static bool Belongs(OutboxState places, ScannedBatch batch) =>
        batch.Lane is Lane.Live or Lane.Backfill
        && batch.Sequence >= places[batch.Lane].Oldest && batch.Sequence <= places[batch.Lane].Appended;

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
    private static void CopyTable(SqliteConnection source, OutboxFile target, string table)
    {
        try
        {
            using var select = new Statement(source, $"SELECT * FROM {table}");
            using var rows = select.Query();
            var values = new object[rows.FieldCount];
            var places = string.Join(", ", Enumerable.Range(1, values.Length).Select(i => $"?{i}"));
            using var insert = new Statement(target.Connection, $"INSERT OR IGNORE INTO {table} VALUES ({places})");
            target.Commit(target.Load(), s =>
            {
                while (rows.Read())
                {
                    rows.GetValues(values);
                    insert.Run(values);
                }
                return s;
            });
        }
        catch (SqliteException e) when (OutboxDamagedException.Says(e))
        {
            // What was read up to there is rolled back with the rest.
        }
    }

    private static void Remove(string path)
    {
        foreach (var end in (ReadOnlySpan<string>)["", "-wal", "-shm"]) File.Delete($"{path}{end}");
    }
}
