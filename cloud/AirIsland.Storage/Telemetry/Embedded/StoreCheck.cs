using System.Data.Common;
using System.Globalization;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// Goes through every file of a data directory, byte by byte where there are checksums, and compares the index with what lies in the
/// blocks. Reads only. What it finds says nothing of what was appended meanwhile.
/// </summary>
public sealed class StoreCheck(string directory, bool quick)
{
    private readonly List<StoreFault> _faults = [];
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>Rows and blobs looked at.</summary>
    public long Looked { get; private set; }

    /// <exception cref="FileNotFoundException">There is no store in the directory.</exception>
    public IReadOnlyList<StoreFault> Run(CancellationToken cancellationToken)
    {
        var journal = EmbeddedSchema.PathIn(directory);
        if (!File.Exists(journal)) throw new FileNotFoundException($"{journal} is not there", journal);
        // Months first: what they say is sealed has been in the journal before.
        var seals = new List<(string File, string Station, long SealedTo)>();
        foreach (var path in Directory.GetFiles(directory, "levels-????-??.db").Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Look(path, month => Month(month, Path.GetFileName(path), seals));
        }
        Look(Path.Combine(directory, "minutes.db"), Minutes);
        Look(journal, Journal);
        foreach (var (file, station, sealedTo) in seals)
            if (sealedTo > _last.GetValueOrDefault(station))
                Add(file, "seal", station, null, $"goes to position {sealedTo}, and the journal to {_last.GetValueOrDefault(station)}");
        Look(Path.Combine(directory, "ledger.db"), _ => { });
        return _faults;
    }

    private void Look(string path, Action<SqliteConnection> inside)
    {
        if (!File.Exists(path)) return;
        var file = Path.GetFileName(path);
        try
        {
            using var connection = MonthSchema.Open(path, write: false);
            connection.Run("BEGIN");
            Pages(connection, file);
            if (!DamagedFile.IsUnfinished(connection)) inside(connection);
        }
        catch (SqliteException e)
        {
            Add(file, "", "", null, e.Message);
        }
    }

    private void Pages(SqliteConnection connection, string file)
    {
        Guarded(file, "", "", null, () =>
        {
            using var command = connection.Command(quick ? "PRAGMA quick_check" : "PRAGMA integrity_check");
            using var rows = command.ExecuteReader();
            while (rows.Read())
                if (rows.GetString(0) is var line && line != "ok") Add(file, "", "", null, line);
        });
    }

    private void Journal(SqliteConnection journal)
    {
        const string File = "journal.db";
        Guarded(File, "batch", "", null, () =>
        {
            foreach (var station in JournalStations.Of(journal)) _last[station] = JournalStations.Last(journal, station);
        });
        Each(journal, File, "batch", "SELECT position, payload, encoding, crc32c, points, from_ms FROM batch ORDER BY position", row =>
        {
            var batch = BlockReader.Read(JournalPayload.Of(row, 1, 3, row.GetInt64(0)), (BlockEncoding)row.GetInt32(2));
            if (batch.PointCount != row.GetInt64(4))
                throw new InvalidDataException($"it has {batch.PointCount} points, not {row.GetInt64(4)}");
        }, hourAt: 5, isInstant: true);
        Each(
            journal, File, "watermark",
            "SELECT w.edge || ' ' || w.lane, w.sequence, (SELECT max(b.sequence) FROM batch b"
            + " WHERE b.edge = w.edge AND b.epoch = w.epoch AND b.lane = w.lane) FROM watermark w",
            row =>
            {
                if (!row.IsDBNull(2) && row.GetInt64(2) > row.GetInt64(1))
                    throw new InvalidDataException($"it is at {row.GetInt64(1)}, and batch {row.GetInt64(2)} is stored");
            });
        Each(
            journal, File, "catalogue", "SELECT id, body FROM catalogue",
            row =>
            {
                if (TagCatalogue.Parse(row.GetFieldValue<byte[]>(1)).Key.Hex != row.GetString(0))
                    throw new InvalidDataException("its bytes are those of another catalogue");
            });
    }

    private void Month(SqliteConnection month, string file, List<(string File, string Station, long SealedTo)> seals)
    {
        Guarded(file, "seal", "", null, () =>
        {
            seals.AddRange(MonthTables.SealedTo(month, (long.MinValue, long.MaxValue)).Select(s => (file, s.Station, s.SealedTo)));
        });
        var known = new Dictionary<(long Hour, long Block), long>();
        Each(
            month, file, "series_day", "SELECT 'series ' || series, day * 24, day, hours FROM series_day",
            row =>
            {
                var entries = new List<SeriesHour>();
                DayIndex.Read(row.GetFieldValue<byte[]>(3), row.GetInt64(2), long.MinValue, long.MaxValue, entries);
                foreach (var entry in entries)
                {
                    known[(entry.Hour, entry.Block)] = known.GetValueOrDefault((entry.Hour, entry.Block)) + 1;
                    Guarded(file, "series_day", row.GetString(0), entry.Hour, () => Compare(month, entry));
                }
            },
            hourAt: 1);
        Each(
            month, file, "block", "SELECT id, hour, frames, instants FROM block",
            row =>
            {
                ColumnCodec.DecodeInstants(row.GetFieldValue<byte[]>(3));
                var indexed = known.GetValueOrDefault((row.GetInt64(1), row.GetInt64(0)));
                if (indexed != row.GetInt64(2))
                    throw new InvalidDataException($"it has {row.GetInt64(2)} series and the index knows {indexed}");
            },
            hourAt: 1);
    }

    private static void Compare(SqliteConnection month, SeriesHour entry)
    {
        var (instants, samples) = MonthTables.Samples(month, entry);
        var scanned = entry with { Summary = MonthTables.Summary(instants, samples) };
        if (!DayIndex.With([], entry.Hour, [scanned]).AsSpan().SequenceEqual(DayIndex.With([], entry.Hour, [entry])))
            throw new InvalidDataException("the summary is not that of the samples");
    }

    private void Minutes(SqliteConnection minutes) => Each(
        minutes, "minutes.db", "minute_day", "SELECT 'series ' || series, day * 24, runs FROM minute_day",
        row => MinuteCodec.Unpack(row.GetFieldValue<byte[]>(2)), hourAt: 1);

    /// <summary>Looks at every row; the first column names it.</summary>
    private void Each(
        SqliteConnection connection, string file, string table, string sql, Action<DbDataReader> look, int hourAt = -1,
        bool isInstant = false)
    {
        Guarded(file, table, "", null, () =>
        {
            using var command = connection.Command(sql);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                Looked++;
                long? hour = hourAt < 0 ? null : isInstant ? Hours.Of(rows.GetInt64(hourAt)) : rows.GetInt64(hourAt);
                Guarded(file, table, Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture) ?? "", hour, () => look(rows));
            }
        });
    }

    private void Guarded(string file, string table, string row, long? hour, Action look)
    {
        try
        {
            look();
        }
        catch (Exception e) when (e is InvalidDataException or SqliteException or OverflowException or InvalidCastException)
        {
            Add(file, table, row, hour, e.Message);
        }
    }

    private void Add(string file, string table, string row, long? hour, string what) => _faults.Add(new(file, table, row, hour, what));
}
