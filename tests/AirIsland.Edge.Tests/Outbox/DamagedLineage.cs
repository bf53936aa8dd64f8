using System.Threading.Channels;
using AirIsland.Edge.Outbox;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>
/// An outbox as a power cut leaves it, and a cloud that has more of it than the file knows to be acknowledged. Each opening works on a copy
/// with one damage, drains it, and looks at what the cloud has then.
/// </summary>
internal sealed class DamagedLineage : IDisposable
{
    /// <summary>Appended after the damage.</summary>
    private const long New = 1_000_000;

    private const int Sent = 18;
    private const int Appended = 24;

    private readonly DirectoryInfo _directory;
    private Dictionary<string, byte[]> _files = [];
    private readonly DrainedCloud _cloud = new();

    // In memory where there is such a place: thousands of commits that no disk needs to see.
    private DamagedLineage() => _directory = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"airisland-edge-{Path.GetRandomFileName()}"));

    /// <param name="withWal">The file was not closed: its last commits are in its WAL.</param>
    public static async Task<DamagedLineage> MakeAsync(bool withWal)
    {
        var lineage = new DamagedLineage();
        await using var bench = new OutboxBench(directory: lineage._directory.CreateSubdirectory("first").FullName);
        bench.Store.Agree();
        for (var i = 1; i <= Appended; i++)
        {
            var lane = i % 2 == 0 ? Lane.Live : Lane.Backfill;
            bench.Store.Link.IsUp = lane == Lane.Live;
            await bench.AppendAsync(OutboxBench.Batch(i * 1000, size: 300));
            if (i == 8) bench.Store.Acknowledge(Lane.Live, 3);
            if (i == 10) bench.Store.Acknowledge(Lane.Backfill, 2);
            if (i <= Sent) lineage._cloud.Store(bench.Store.Read(lane, bench.Store.State[lane].Appended)!);
        }
        if (!withWal) await bench.CloseAsync();
        lineage._files = OutboxFiles.Read(bench.Directory);
        return lineage;
    }

    public int Length(string file) => _files[file].Length;

    /// <summary>The last of what was measured and not sent.</summary>
    public static IEnumerable<long> Tail(int count) => Enumerable.Range(Appended - count + 1, count).Select(i => i * 1000L);

    public async Task<DamageFindings> OpenDamagedAsync(string file, int at, bool isCut)
    {
        var directory = _directory.CreateSubdirectory(Path.GetRandomFileName());
        foreach (var (name, bytes) in _files)
        {
            byte[] written = name == file && isCut ? bytes[..at] : [.. bytes];
            if (name == file && !isCut) written[at] ^= 0x55;
            await File.WriteAllBytesAsync(Path.Combine(directory.FullName, name), written);
        }
        var log = new LogLines<OutboxStore>();
        var cloud = new DrainedCloud(_cloud);
        // A page found damaged while running ends the process; the next start mends it.
        var failures = new List<string>();
        for (var start = 0; start < 3; start++)
        {
            if (await RunAsync(directory.FullName, log, cloud) is not { } failure) break;
            failures.Add(failure.Message);
        }
        var aside = directory.GetFiles("outbox.damaged-*.db").Length;
        directory.Delete(recursive: true);
        var measured = Enumerable.Range(1, Appended).Select(i => i * 1000L).ToArray();
        return new(
            [.. cloud.Stored.CountBy(s => s).Where(s => s.Value > 1).Select(s => s.Key)],
            [.. cloud.Stored.Except([.. measured, New])],
            [.. measured.Skip(Sent).Except(cloud.Stored)],
            cloud.Stored.Contains(New),
            cloud.Gaps,
            aside,
            [.. log.Critical, .. failures]);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static async Task<Exception?> RunAsync(string directory, LogLines<OutboxStore> log, DrainedCloud cloud)
    {
        await using var bench = new OutboxBench(logger: log, directory: directory);
        try
        {
            if (!cloud.Stored.Contains(New) && !bench.Samples(Lane.Backfill).Counts.Contains(New))
                await bench.AppendAsync(OutboxBench.Batch(New));
            await cloud.DrainAsync(bench.Store);
            return null;
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException or SqliteException or InvalidDataException)
        {
            return await Record.ExceptionAsync(() => bench.Store.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10))) ?? e;
        }
    }
}
