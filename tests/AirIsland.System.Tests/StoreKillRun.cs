using System.Globalization;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AirIsland.SystemTests;

/// <summary>
/// The store's process killed (SIGKILL) at seeded moments; after each kill its directory is opened again and held against what was
/// acknowledged: every sample once, as samples or in the minutes that are left of them, and the index as a full scan would have it.
/// </summary>
internal sealed class StoreKillRun(int seed) : IDisposable
{
    private const int Streams = 4;
    private const int Points = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ScratchDirectory _data = new();
    private readonly Random _random = new(seed);
    private readonly long[] _acknowledged = new long[Streams];
    private readonly Dictionary<string, int> _at = [];
    private long _stored;
    private long _lost;
    private long _duplicated;
    private int _restored;
    private TimeSpan _slowest;

    /// <summary>What the check found, after whatever kill.</summary>
    public List<StoreFault> Faults { get; } = [];

    private string Store => Path.Combine(_data.Path, "store");

    public async Task<StoreKillCount> RunAsync(int kills)
    {
        Directory.CreateDirectory(Store);
        for (var kill = 0; kill < kills; kill++)
        {
            await KillAsync();
            Faults.AddRange(new StoreCheck(Store, quick: false).Run(default));
            await CountAsync(Store);
            if (kill % 10 == 4) await RestoreAsync();
        }
        return new(
            seed, kills, _acknowledged.Sum(), _stored, _lost, _duplicated, Faults.Count, _at.GetValueOrDefault("upkeep"),
            _at.GetValueOrDefault("expired"), _at.GetValueOrDefault("backup"), _restored, Math.Round(_slowest.TotalMilliseconds, 1));
    }

    public void Dispose() => _data.Dispose();

    private async Task KillAsync()
    {
        using var host = DemoProcess.StartProgram("AirIsland.Benchmarks", "store-host", Store);
        await host.SaysAsync("open", Patience);
        // Some right after something began, the others at any moment.
        var word = _random.Next(4) switch { 0 => "backup", 1 => "upkeep", _ => "ack" };
        await host.SaysAsync(word, Patience);
        await Task.Delay(_random.Next(word == "ack" ? 900 : 30));
        host.Kill();
        _ = await host.EndAsync(Patience);
        var last = host.Output.LastOrDefault(l => !l.StartsWith("ack", StringComparison.Ordinal)) ?? "";
        _at[last] = _at.GetValueOrDefault(last) + 1;
        foreach (var line in host.Output.Where(l => l.StartsWith("ack ", StringComparison.Ordinal)))
        {
            // The last one may be cut short by the kill: it then reads as a smaller number.
            var words = line.Split(' ');
            if (words.Length == 3 && long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                _acknowledged[words[1][0] - '0'] = Math.Max(_acknowledged[words[1][0] - '0'], number);
        }
    }

    private async Task CountAsync(string directory)
    {
        var from = TimeProvider.System.GetTimestamp();
        using var store = Open(directory);
        var opened = TimeProvider.System.GetElapsedTime(from);
        if (opened > _slowest) _slowest = opened;
        _stored = 0;
        for (var s = 0; s < Streams; s++)
        {
            var marks = await store.WatermarksAsync($"edge-{s}", 1, default);
            var mark = marks.Count == 0 ? 0 : (long)marks[0].Sequence;
            _lost += Math.Max(0, _acknowledged[s] - mark);
            var tag = (await store.TagsAsync(new StationId("kills"), default)).FirstOrDefault(t => t.Id.Value == $"kills/meter-{s}/Power");
            if (tag is null) continue;
            var samples = await SamplesAsync(store, tag);
            _lost += Math.Max(0, (mark * Points) - samples);
            _duplicated += Math.Max(0, samples - (mark * Points));
            _stored += mark;
        }
    }

    /// <summary>Whatever is stored, as samples or as minutes; and no sample twice.</summary>
    private async Task<long> SamplesAsync(EmbeddedTelemetryStore store, Tag tag)
    {
        var all = new Interval(Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2035, 1, 1, 0, 0));
        var seen = new HashSet<long?>();
        await foreach (var sample in store.Read(tag, all.Start, all.End, default))
            if (!seen.Add(sample.Count)) _duplicated++;
        var buckets = await store.BucketsAsync(tag, new([all], BucketMethod.Samples, Duration.FromMinutes(1)), default);
        return buckets[0].Samples;
    }

    /// <summary>The last backup, if it came to its end: it restores, has no faults, and each stream has its samples once.</summary>
    private async Task RestoreAsync()
    {
        var (backup, into) = (Store + ".backup", Path.Combine(_data.Path, "restored"));
        if (!File.Exists(Path.Combine(backup, BackupManifest.FileName))) return;
        StoreBackup.Restore(backup, into, TimeProvider.System);
        Faults.AddRange(new StoreCheck(into, quick: false).Run(default));
        using (var store = Open(into))
        {
            for (var s = 0; s < Streams; s++)
            {
                var marks = await store.WatermarksAsync($"edge-{s}", 1, default);
                var tags = await store.TagsAsync(new StationId("kills"), default);
                var tag = tags.FirstOrDefault(t => t.Id.Value == $"kills/meter-{s}/Power");
                if (tag is null || marks.Count == 0) continue;
                var (expected, samples) = ((long)marks[0].Sequence * Points, await SamplesAsync(store, tag));
                _lost += Math.Max(0, expected - samples);
                _duplicated += Math.Max(0, samples - expected);
            }
        }
        Directory.Delete(into, recursive: true);
        _restored++;
    }

    private static EmbeddedTelemetryStore Open(string directory) => new(
        new() { Directory = directory }, NullLogger<EmbeddedTelemetryStore>.Instance);
}
