using AirIsland.Proto.Catalogues;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AirIsland.Benchmarks;

/// <summary>One edge's stream: keeps a window of batches unacknowledged for a while, and measures from offer to acknowledgement.</summary>
internal static class IngestClient
{
    public const int Window = 16;
    public const int Tags = 300;

    public static async Task<(long Batches, List<double> WaitsMs)> RunAsync(
        string address, string edge, EncodedBlock[] blocks, TimeSpan duration)
    {
        using var channel = GrpcChannel.ForAddress(address, new() { HttpHandler = new SocketsHttpHandler { UseProxy = false } });
        using var call = new Telemetry.TelemetryClient(channel).Stream();
        var catalogue = Catalogue(edge);
        var id = ByteString.CopyFrom(CatalogueId.Canonicalise(catalogue).Id);
        await call.RequestStream.WriteAsync(new Up { Hello = new Hello { Edge = edge, Station = "bench", Epoch = 1, Catalogue = id } });
        await call.ResponseStream.MoveNext();
        await call.RequestStream.WriteAsync(new Up { Catalogue = catalogue });

        var (offered, waits, sequence, from) = (new Queue<long>(), new List<double>(), 0ul, TimeProvider.System.GetTimestamp());
        var acknowledged = 0ul;
        while (true)
        {
            var more = TimeProvider.System.GetElapsedTime(from) < duration;
            for (; more && sequence - acknowledged < Window; offered.Enqueue(TimeProvider.System.GetTimestamp()))
                await call.RequestStream.WriteAsync(new Up { Batch = Batch(++sequence, id, blocks[sequence % (ulong)blocks.Length]) });
            if (acknowledged == sequence) break;
            if (!await call.ResponseStream.MoveNext()) throw new InvalidOperationException("the stream ended");
            var ack = call.ResponseStream.Current.Ack;
            if (ack.Status != Proto.Telemetry.V1.Status.Stored) throw new InvalidOperationException($"{ack.Status}: {ack.Reason}");
            for (; acknowledged < ack.Sequence; acknowledged++)
                waits.Add(TimeProvider.System.GetElapsedTime(offered.Dequeue()).TotalMilliseconds);
        }
        await call.RequestStream.CompleteAsync();
        return ((long)acknowledged, waits);
    }

    private static Batch Batch(ulong sequence, ByteString catalogue, EncodedBlock block) => new()
    {
        Epoch = 1,
        Lane = Lane.Live,
        Sequence = sequence,
        Catalogue = catalogue,
        PointCount = (uint)block.PointCount,
        From = block.From,
        To = block.To,
        Crc32C = block.Crc32C,
        Content = Content.Levels,
        Encoding = (Encoding)block.Encoding,
        Payload = UnsafeByteOperations.UnsafeWrap(block.Payload),
    };

    /// <summary>The catalogue of the benchmark's station.</summary>
    public static Catalogue Catalogue(string edge)
    {
        var catalogue = new Catalogue { Edge = edge, Station = "bench" };
        for (var i = 0; i < Tags; i++)
        {
            catalogue.Tags.Add(new Tag
            {
                Id = $"bench/asset-{i:000}/Pressure",
                Kind = Kind.Level,
                Medium = "air",
                Unit = "MPa",
                Resolution = "0.001",
                Group = "fast",
            });
        }
        return catalogue;
    }
}
