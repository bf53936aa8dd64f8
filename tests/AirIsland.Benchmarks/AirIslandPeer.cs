using System.Globalization;
using AirIsland.Proto.Catalogues;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;
using Grpc.Net.Client;

namespace AirIsland.Benchmarks;

/// <summary>Our own cloud, the program as it is installed: gRPC in, HTTP out.</summary>
internal sealed class AirIslandPeer : IPeer
{
    private const int Window = 16;
    private readonly GrpcChannel _channel;

    private AirIslandPeer(PeerProcess process, int grpcPort)
    {
        Process = process;
        _channel = GrpcChannel.ForAddress(
            $"http://127.0.0.1:{grpcPort}", new() { HttpHandler = new SocketsHttpHandler { UseProxy = false } });
    }

    public string Name => "airisland";

    public PeerProcess Process { get; }

    public static async Task<IPeer> StartAsync(int port) => new AirIslandPeer(
        await PeerProcess.StartAsync(new($"http://127.0.0.1:{port}"), "/healthz", directory =>
        {
            var site = Path.Combine(directory, "site.json");
            File.WriteAllText(site, """
                {"stations":[{"id":"bench","name":"bench","nameEn":"bench","zone":"Etc/UTC",
                  "headerPressureLow":0.6,"headerPressureHigh":0.8,
                  "energyTags":[],"assets":[{"id":"station","kind":"Station","name":"s","nameEn":"s"}],"companies":[]}]}
                """);
            return
            [
                Path.Combine(AppContext.BaseDirectory, "AirIsland.Cloud"), $"--Cloud:Data={directory}/data", $"--Cloud:Site={site}",
                $"--Cloud:HttpPort={port}", $"--Cloud:GrpcPort={port + 1}", $"--Cloud:SiloPort={port + 2}",
                $"--Cloud:GatewayPort={port + 3}", "--Logging:LogLevel:Default=Error",
            ];
        }),
        port + 1);

    public async Task WriteAsync(PeerLoad load, long from, int hours)
    {
        var tags = Enumerable.Range(load.First, load.Tags).Select(i => Tag($"bench/m{i:0000}/GaugePressure", Kind.Level, "MPa", "0.001"));
        await SendAsync($"levels-{load.First}", tags, Content.Levels, Blocks());

        IEnumerable<EncodedBlock> Blocks()
        {
            for (var hour = 0; hour < hours; hour++)
                for (var batch = 0; batch < PeerLoad.Batches; batch++) yield return load.Block(batch, from + (hour * 3_600_000L));
        }
    }

    public async Task WriteRegistersAsync(int registers, long from, int hours)
    {
        var tags = Enumerable.Range(0, registers).Select(i => Tag($"bench/r{i:0000}/AccumulatedVolume", Kind.Register, "m3", "1"));
        await SendAsync("registers", tags, Content.Registers, Blocks());

        IEnumerable<EncodedBlock> Blocks()
        {
            for (var hour = 0; hour < hours; hour++)
            {
                var builder = new BlockBuilder();
                for (var minute = hour * 60; minute < (hour + 1) * 60; minute++)
                    for (var r = 0; r < registers; r++)
                        builder.Add("registers", from + (minute * 60_000L), (uint)r, 1_000_000 + (minute * (r + 1L)), 0);
                yield return builder.Encode();
            }
        }
    }

    // The store tidies up twice a minute.
    public async Task SettleAsync()
    {
        var before = -1L;
        for (var tries = 0; tries < 6 && before != Process.Bytes; tries++)
        {
            before = Process.Bytes;
            await Task.Delay(TimeSpan.FromSeconds(35));
        }
    }

    public PeerQuestions Questions(int levels, int registers, long from, int hours)
    {
        const string Api = "/api/v1/stations/bench";
        var (to, middle) = (At(from + (hours * 3_600_000L)), from + (hours / 2 * 3_600_000L));
        static string Tags(char first, int count, string quantity) =>
            string.Join('&', Enumerable.Range(0, count).Select(i => $"tag=bench/{first}{i:0000}/{quantity}"));
        var meters = Tags('r', registers, "AccumulatedVolume");
        return new(
            $"{Api}/latest?time=ms&{Tags('m', levels, "GaugePressure")}",
            $"{Api}/samples?time=ms&tag=bench/m0003/GaugePressure&from={At(middle)}&to={At(middle + 3_600_000)}",
            $"{Api}/buckets?time=ms&method=samples&width=hour&{Tags('m', 10, "GaugePressure")}&from={At(from)}&to={to}",
            [$"{Api}/registers?at={At(from)}&{meters}", $"{Api}/registers?at={At(from + (hours * 3_600_000L) - 60_000)}&{meters}"]);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await Process.DisposeAsync();
    }

    private static string At(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Tag Tag(string id, Kind kind, string unit, string resolution) =>
        new() { Id = id, Kind = kind, Medium = "air", Unit = unit, Resolution = resolution, Group = "fast" };

    private async Task SendAsync(string edge, IEnumerable<Tag> tags, Content content, IEnumerable<EncodedBlock> blocks)
    {
        var catalogue = new Catalogue { Edge = edge, Station = "bench" };
        catalogue.Tags.Add(tags);
        var id = ByteString.CopyFrom(CatalogueId.Canonicalise(catalogue).Id);
        using var call = new Telemetry.TelemetryClient(_channel).Stream();
        await call.RequestStream.WriteAsync(new Up { Hello = new Hello { Edge = edge, Station = "bench", Epoch = 1, Catalogue = id } });
        await call.ResponseStream.MoveNext(default);
        await call.RequestStream.WriteAsync(new Up { Catalogue = catalogue });
        var (sent, acknowledged) = (0ul, 0ul);
        foreach (var block in blocks)
        {
            await call.RequestStream.WriteAsync(new Up { Batch = IngestClient.Batch(++sent, id, block, content) });
            while (sent - acknowledged >= Window) acknowledged = await AcknowledgedAsync();
        }
        while (acknowledged < sent) acknowledged = await AcknowledgedAsync();
        await call.RequestStream.CompleteAsync();

        async Task<ulong> AcknowledgedAsync()
        {
            if (!await call.ResponseStream.MoveNext(default)) throw new InvalidOperationException("the stream ended");
            var ack = call.ResponseStream.Current.Ack;
            return ack.Status == Proto.Telemetry.V1.Status.Stored
                ? ack.Sequence
                : throw new InvalidOperationException($"{ack.Status}: {ack.Reason}");
        }
    }
}
