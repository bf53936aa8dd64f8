using System.Globalization;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AirIsland.Benchmarks;

/// <summary>
/// The embedded store in a process of its own, without Orleans, to be killed: four streams append, upkeep seals and expires, backups are
/// taken. Says when it is open, each batch that was acknowledged, and what it does beside.
/// </summary>
internal static class StoreHost
{
    public const string Verb = "store-host";
    public const int Streams = 4;

    /// <summary>Samples in a batch: every ten seconds of its stretch.</summary>
    public const int Points = 60;

    private const string Station = "kills";
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 30, 0, 0);

    public static async Task<int> RunAsync(string directory)
    {
        using var store = new EmbeddedTelemetryStore(
            new() { Directory = directory, SealAfter = TimeSpan.Zero, KeepLevels = TimeSpan.FromDays(2) },
            NullLogger<EmbeddedTelemetryStore>.Instance);
        Say("open");
        var streams = Enumerable.Range(0, Streams).Select(s => AppendAsync(store, s)).ToList();
        await Task.WhenAll([.. streams, KeepUpAsync(store), BackUpAsync(directory)]);
        return 0;
    }

    /// <summary>What a stream's batch of a number holds: a sample every ten seconds, counts that are told from all others.</summary>
    private static async Task AppendAsync(EmbeddedTelemetryStore store, int stream)
    {
        var edge = string.Create(CultureInfo.InvariantCulture, $"edge-{stream}");
        var catalogue = TagCatalogue.Of(Catalogue(edge, stream));
        await store.KeepAsync(catalogue, default);
        var marks = await store.WatermarksAsync(edge, 1, default);
        for (var n = marks.Count == 0 ? 1ul : marks[0].Sequence + 1; ; n++)
        {
            var builder = new BlockBuilder();
            // Streams walk through time at their own pace; every seventh batch is late by a day.
            var from = Start + Duration.FromSeconds(((long)n * 600) - (n % 7 == 0 ? 86_400 + 5 : 0));
            for (var i = 0; i < Points; i++)
                builder.Add("g", (from + Duration.FromSeconds(10 * i)).ToUnixTimeMilliseconds(), 0, ((long)n * Points) + i, 0);
            var block = builder.Encode();
            var batch = new ReceivedBatch(
                new(edge, 1, BatchLane.Live, n), new(Station), catalogue.Key, BatchContent.Levels, block, from + Duration.FromMinutes(10));
            var done = await await store.AppendAsync(batch, default);
            if (done.Status != AppendStatus.Stored) throw new InvalidOperationException($"{batch.Key}: {done.Status} {done.Reason}");
            Say($"ack {stream} {n}");
        }
    }

    private static async Task KeepUpAsync(EmbeddedTelemetryStore store)
    {
        for (var now = Start; ; now += Duration.FromHours(1))
        {
            Say("upkeep");
            var done = await store.KeepUpAsync(Newest(store, now), default);
            if (done.MonthsExpired > 0) Say("expired");
            await Task.Delay(20);
        }
    }

    private static Instant Newest(EmbeddedTelemetryStore store, Instant atLeast)
    {
        var tags = store.TagsAsync(new(Station), default).GetAwaiter().GetResult();
        var newest = store.LatestAsync(tags, default).GetAwaiter().GetResult().Max(s => s?.At) ?? atLeast;
        return newest;
    }

    private static async Task BackUpAsync(string directory)
    {
        for (var n = 0; ; n++)
        {
            await Task.Delay(400);
            var into = directory + ".backup";
            if (Directory.Exists(into)) Directory.Delete(into, recursive: true);
            Say("backup");
            await StoreBackup.TakeAsync(directory, into, TimeProvider.System, TimeSpan.FromSeconds(60), default);
        }
    }

    private static Catalogue Catalogue(string edge, int stream)
    {
        var catalogue = new Catalogue { Edge = edge, Station = Station };
        catalogue.Tags.Add(new Tag
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{Station}/meter-{stream}/Power"),
            Kind = Kind.Level,
            Medium = "electricity",
            Unit = "kW",
            Resolution = "0.001",
            Group = "g",
        });
        return catalogue;
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
