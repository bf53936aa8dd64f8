using AirIsland.Cloud.Tests.Storage;
using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using Google.Protobuf;
using Grpc.Core;
using DomainTag = AirIsland.Domain.Metering.Tag;

namespace AirIsland.Cloud.Tests.Ingest;

/// <summary>One stream to the ingester, spoken message by message.</summary>
internal sealed class EdgeCall(CloudHost host, string edge, ulong epoch = 7) : IDisposable
{
    private readonly AsyncDuplexStreamingCall<Up, Down> _call = host.Stream();
    private readonly TagCatalogue _catalogue = TagCatalogue.Of(Batches.Wire(edge));

    /// <summary>Says Hello and, when asked for it, the catalogue.</summary>
    public async Task<Welcome> GreetAsync()
    {
        await HelloAsync();
        var welcome = (await NextAsync()).Welcome;
        if (welcome.CatalogueWanted) await SendAsync(new Up { Catalogue = Batches.Wire(edge) });
        return welcome;
    }

    public Task HelloAsync() =>
        SendAsync(new Up { Hello = new Hello { Edge = edge, Station = "moushan", Epoch = epoch, Catalogue = Id() } });

    public Task SendAsync(Up up) => _call.RequestStream.WriteAsync(up);

    public async Task<Ack> SendBatchAsync(ulong sequence, EncodedBlock block, Action<Batch>? change = null, Lane lane = Lane.Live)
    {
        await SendOnlyAsync(sequence, block, change, lane);
        return (await NextAsync()).Ack;
    }

    /// <summary>Without reading the answer.</summary>
    public Task SendOnlyAsync(ulong sequence, EncodedBlock block, Action<Batch>? change = null, Lane lane = Lane.Live)
    {
        var batch = new Batch
        {
            Epoch = epoch,
            Lane = lane,
            Sequence = sequence,
            Catalogue = Id(),
            PointCount = (uint)block.PointCount,
            From = block.From,
            To = block.To,
            Crc32C = block.Crc32C,
            Content = Content.Levels,
            Encoding = (Encoding)block.Encoding,
            Payload = ByteString.CopyFrom(block.Payload),
        };
        change?.Invoke(batch);
        return SendAsync(new Up { Batch = batch });
    }

    public async Task<Down> NextAsync() => await _call.ResponseStream.MoveNext(default)
        ? _call.ResponseStream.Current
        : throw new InvalidOperationException("the stream ended");

    public EncodedBlock Levels(int second, long count, int points = 1) => Block(TagKind.Level, second, count, points);

    /// <summary>Levels at those seconds after noon, in one batch.</summary>
    public EncodedBlock Levels(int[] seconds) =>
        Batches.Block(_catalogue, _catalogue.Tags.Single(t => t.Kind == TagKind.Level), [.. seconds.Select((s, i) => (s, (long)i))]);

    public EncodedBlock Block(TagKind kind, int second, long count, int points = 1)
    {
        DomainTag tag = _catalogue.Tags.Single(t => t.Kind == kind);
        return Batches.Block(tag, second, count, points);
    }

    public void Dispose() => _call.Dispose();

    private ByteString Id() => ByteString.CopyFrom(Convert.FromHexString(_catalogue.Key.Hex));
}
