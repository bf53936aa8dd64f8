using System.Security.Cryptography;
using System.Text.Json;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// Copies a data directory while the cloud appends to it. Months and minutes do not change meanwhile, because the backup has the turn of
/// the upkeep; so whatever they hold is in them once, and whatever the journal's copy lacks is in neither and is sent again by its edge.
/// </summary>
public static class StoreBackup
{
    private static readonly string[] Beside = ["minutes.db", "ledger.db"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="data">The data directory; the cloud may run on it.</param>
    /// <param name="into">Missing or empty.</param>
    /// <param name="time">When it is.</param>
    /// <param name="patience">How long to wait for the upkeep to end its round.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="IOException">It could not be done; the message says why.</exception>
    public static async Task<BackupManifest> TakeAsync(
        string data, string into, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (!File.Exists(EmbeddedSchema.PathIn(data))) throw new IOException($"there is no store in {data}");
        if (Directory.Exists(into) && Directory.EnumerateFileSystemEntries(into).Any()) throw new IOException($"{into} is not empty");
        Directory.CreateDirectory(into);
        using var turn = await TurnAsync(data, time, patience, cancellationToken);
        var files = new List<BackupFile>();
        try
        {
            foreach (var name in Names(data))
            {
                cancellationToken.ThrowIfCancellationRequested();
                files.Add(Copy(Path.Combine(data, name), Path.Combine(into, name)));
            }
        }
        catch (SqliteException e)
        {
            throw new IOException($"{data} could not be read: {e.Message}", e);
        }
        var manifest = new BackupManifest(BackupManifest.CurrentFormat, time.GetUtcNow(), Positions(into), files);
        DurableFile.Write(Path.Combine(into, BackupManifest.FileName), JsonSerializer.SerializeToUtf8Bytes(manifest, Json));
        return manifest;
    }

    /// <summary>Puts a backup into an empty data directory, and beside it the mark by which invoicing is locked.</summary>
    /// <exception cref="IOException">It could not be done; the message says why, and the directory holds no store.</exception>
    public static BackupManifest Restore(string from, string data, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var manifest = Read(from);
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any()) throw new IOException($"{data} is not empty");
        foreach (var file in manifest.Files)
            if (Sha256(Path.Combine(from, file.Name)) != file.Sha256)
                throw new IOException($"{file.Name} of the backup is not what was written");
        Directory.CreateDirectory(data);
        RestoredMark.Set(data, manifest.TakenAt, time.GetUtcNow());
        // The journal comes last: without it there is no store.
        foreach (var file in manifest.Files.OrderBy(f => f.Name == "journal.db"))
        {
            var path = Path.Combine(data, file.Name);
            File.Copy(Path.Combine(from, file.Name), path + ".restoring");
            DurableFile.Flush(path + ".restoring");
            if (Sha256(path + ".restoring") != file.Sha256) throw new IOException($"{file.Name} was not copied as it is");
            File.Move(path + ".restoring", path);
        }
        DurableFile.FlushDirectory(data);
        return manifest;
    }

    /// <exception cref="IOException">It is no whole backup.</exception>
    public static BackupManifest Read(string from)
    {
        var path = Path.Combine(from, BackupManifest.FileName);
        if (!File.Exists(path)) throw new IOException($"{from} has no {BackupManifest.FileName}: no backup, or one that was broken off");
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Json);
            if (manifest?.Format != BackupManifest.CurrentFormat) throw new IOException($"{path} has another format");
            // Names come from a file: none may lead elsewhere.
            return manifest.Files.All(f => Path.GetFileName(f.Name) == f.Name)
                ? manifest
                : throw new IOException($"{path} names no plain files");
        }
        catch (JsonException e)
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
    }

    private static async Task<IDisposable> TurnAsync(string data, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
    {
        var from = time.GetUtcNow();
        while (true)
        {
            if (UpkeepTurn.TryTake(data) is { } turn) return turn;
            if (time.GetUtcNow() - from > patience) throw new IOException($"the upkeep of {data} did not end within {patience}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private static List<string> Names(string data) =>
    [
        "journal.db",
        .. Directory.GetFiles(data, "levels-????-??.db").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal),
        .. Beside.Where(n => File.Exists(Path.Combine(data, n))),
    ];

    private static BackupFile Copy(string from, string to)
    {
        using (var source = MonthSchema.Open(from, write: false))
        using (var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString()))
        {
            target.Open();
            source.BackupDatabase(target);
            // One file, without a log beside it.
            EmbeddedSchema.Execute(target, "PRAGMA journal_mode = DELETE");
        }
        DurableFile.Flush(to);
        using var copy = MonthSchema.Open(to, write: false);
        using var version = copy.Command("PRAGMA schema_version");
        return new(Path.GetFileName(to), new FileInfo(to).Length, Sha256(to), (long)(version.ExecuteScalar() ?? 0L));
    }

    private static Dictionary<string, long> Positions(string backup)
    {
        using var journal = MonthSchema.Open(EmbeddedSchema.PathIn(backup), write: false);
        return JournalStations.Of(journal).ToDictionary(s => s, s => JournalStations.Last(journal, s), StringComparer.Ordinal);
    }

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
