using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// The sealed months beside the journal, one file each: <c>levels-2026-03.db</c>. Dropping a month is unlinking its file. A file that
/// cannot be opened is set aside by name, and the others are served.
/// </summary>
internal sealed partial class LevelFiles : IBlockPlaces, IDisposable
{
    private const string Prefix = "levels-";
    private const string Suffix = ".db";
    private const string MinutesName = "minutes.db";

    private readonly string _directory;
    private readonly EmbeddedJournal _journal;
    private readonly ConnectionPool _journals;
    private readonly ConcurrentDictionary<int, ConnectionPool> _months = [];
    private readonly Dictionary<int, SqliteConnection> _writers = [];
    private readonly Lock _writing = new();
    private readonly ConnectionPool _minutes;
    private readonly SqliteConnection _minuteWriter;

    public LevelFiles(string directory, EmbeddedJournal journal, ILogger logger)
    {
        (_directory, _journal) = (directory, journal);
        _journals = new(() => EmbeddedSchema.Open(EmbeddedSchema.PathIn(directory), write: false));
        var minutes = Path.Combine(directory, MinutesName);
        _minuteWriter = MonthSchema.OpenMinutes(minutes, write: true);
        _minutes = new(() => MonthSchema.OpenMinutes(minutes, write: false));
        foreach (var path in Directory.GetFiles(directory, Prefix + "????-??" + Suffix))
        {
            if (MonthOf(path) is not { } month) continue;
            if (DamagedFile.Reason(path) is { } reason) LogSetAside(logger, path, DamagedFile.SetAside(path), reason);
            else if (!DamagedFile.IsUnfinished(path)) Add(month);
        }
    }

    public IReadOnlyList<int> Months => [.. _months.Keys.Order()];

    public Lease Journal() => _journals.Rent();

    public Lease? Month(int month)
    {
        if (!_months.TryGetValue(month, out var pool)) return null;
        try
        {
            return pool.Rent();
        }
        catch (SqliteException) when (!_months.ContainsKey(month))
        {
            // It was dropped meanwhile.
            return null;
        }
    }

    public Lease Minutes() => _minutes.Rent();

    public Lease WriteMinutes()
    {
        _writing.Enter();
        return new(_minuteWriter, _ => _writing.Exit());
    }

    public long OriginOf(int month, Lease lease)
    {
        using var command = lease.Connection.Command("SELECT id FROM origin");
        return command.ExecuteScalar() is long origin ? origin : 0;
    }

    public Lease WriteMonth(int month)
    {
        _writing.Enter();
        try
        {
            if (!_writers.TryGetValue(month, out var writer)) _writers[month] = writer = MonthSchema.Open(PathOf(month), write: true);
            Add(month);
            return new(writer, _ => _writing.Exit());
        }
        catch
        {
            _writing.Exit();
            throw;
        }
    }

    public IDisposable? BeginUpkeep() => UpkeepTurn.TryTake(_directory);

    public string NameOf(int month) => PathOf(month);

    public Task InJournalAsync(Action<DbConnection> action, CancellationToken cancellationToken) => _journal.RunAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction();
            action(connection);
            transaction.Commit();
        },
        cancellationToken);

    public void Drop(int month)
    {
        lock (_writing)
        {
            if (_writers.Remove(month, out var writer)) writer.Dispose();
            if (_months.TryRemove(month, out var pool)) pool.Dispose();
            foreach (var tail in (string[])["", "-wal", "-shm"]) File.Delete(PathOf(month) + tail);
        }
    }

    public void Dispose()
    {
        foreach (var pool in _months.Values) pool.Dispose();
        _journals.Dispose();
        _minutes.Dispose();
        _minuteWriter.Dispose();
        lock (_writing)
        {
            foreach (var writer in _writers.Values) writer.Dispose();
            _writers.Clear();
        }
    }

    private string PathOf(int month) => Path.Combine(_directory, Prefix + Hours.Name(month) + Suffix);

    private void Add(int month) => _months.GetOrAdd(month, m => new(() => MonthSchema.Open(PathOf(m), write: false)));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} is damaged and was set aside as {Name}; the rest is served: {Reason}")]
    private static partial void LogSetAside(ILogger logger, string path, string name, string reason);

    internal static int? MonthOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path)[Prefix.Length..];
        return int.TryParse(name[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && int.TryParse(name[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12
                ? (year * 12) + month - 1
                : null;
    }
}
