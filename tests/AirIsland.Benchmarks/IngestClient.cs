using AirIsland.Proto.Catalogues;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AirIsland.Benchmarks;

/// <summary>
/// One edge's stream: keeps a window of batches unacknowledged for a while, or offers one at each step of a pace, and measures from offer
/// to acknowledgement.
/// </summary>
internal static class IngestClient
{
    public const int Window = 16;
    public const int Tags = 300;

    /// <summary>What a stream did: points and batches acknowledged, bytes of its batch messages, the waits.</summary>
    internal sealed record Done(long Points, long Batches, long Bytes, IReadOnlyList<double> WaitsMs);

    public static async Task<Done> RunAsync(
        string address, string edge, IReadOnlyList<EncodedBlock> blocks, TimeSpan duration, TimeSpan? pace = null, string station = "bench")
    {
        using var channel = GrpcChannel.ForAddress(address, new() { HttpHandler = new SocketsHttpHandler { UseProxy = false } });
        using var call = new Telemetry.TelemetryClient(channel).Stream();
        var catalogue = Catalogue(edge, station);
        var id = ByteString.CopyFrom(CatalogueId.Canonicalise(catalogue).Id);
        await call.RequestStream.WriteAsync(new Up { Hello = new Hello { Edge = edge, Station = station, Epoch = 1, Catalogue = id } });
        await call.ResponseStream.MoveNext();
        await call.RequestStream.WriteAsync(new Up { Catalogue = catalogue });

        var (offered, waits, sequence, from) = (new Queue<long>(), new List<double>(), 0ul, TimeProvider.System.GetTimestamp());
        var (acknowledged, points, bytes) = (0ul, 0L, 0L);
        while (true)
        {
            while (TimeProvider.System.GetElapsedTime(from) < duration && sequence - acknowledged < Window)
            {
                if (pace is { } step && from + (long)(sequence * step.TotalSeconds * TimeProvider.System.TimestampFrequency) is var due
                    && TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), due) is { Ticks: > 0 } wait)
                {
                    if (acknowledged < sequence) break;
                    await Task.Delay(wait);
                }
                var up = new Up { Batch = Batch(++sequence, id, blocks[(int)((sequence - 1) % (ulong)blocks.Count)]) };
                bytes += up.CalculateSize();
                offered.Enqueue(TimeProvider.System.GetTimestamp());
                await call.RequestStream.WriteAsync(up);
            }
            if (acknowledged == sequence) break;
            if (!await call.ResponseStream.MoveNext()) throw new InvalidOperationException("the stream ended");
            var ack = call.ResponseStream.Current.Ack;
            if (ack.Status != Proto.Telemetry.V1.Status.Stored) throw new InvalidOperationException($"{ack.Status}: {ack.Reason}");
            for (; acknowledged < ack.Sequence; acknowledged++)
            {
                waits.Add(TimeProvider.System.GetElapsedTime(offered.Dequeue()).TotalMilliseconds);
                points += blocks[(int)(acknowledged % (ulong)blocks.Count)].PointCount;
            }
        }
        await call.RequestStream.CompleteAsync();
        return new(points, (long)acknowledged, bytes, waits);
    }

    /// <summary>A block as the message that carries it.</summary>
    public static Batch Batch(ulong sequence, ByteString catalogue, EncodedBlock block, Content content = Content.Levels) => new()
    {
        Epoch = 1,
        Lane = Lane.Live,
        Sequence = sequence,
        Catalogue = catalogue,
        PointCount = (uint)block.PointCount,
        From = block.From,
        To = block.To,
        Crc32C = block.Crc32C,
        Content = content,
        Encoding = (Encoding)block.Encoding,
        Payload = UnsafeByteOperations.UnsafeWrap(block.Payload),
    };

    /// <summary>The catalogue of one of the benchmark's stations.</summary>
    public static Catalogue Catalogue(string edge, string station = "bench")
    {
        var catalogue = new Catalogue { Edge = edge, Station = station };
        for (var i = 0; i < Tags; i++)
        {
            catalogue.Tags.Add(new Tag
            {
                Id = $"{station}/asset-{i:000}/Pressure",
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
