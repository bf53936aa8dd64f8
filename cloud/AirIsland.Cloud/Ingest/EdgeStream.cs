using System.Runtime.InteropServices;
using System.Threading.Channels;
using AirIsland.Cloud.Stations;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using Google.Protobuf;
using Grpc.Core;
using RpcStatus = Grpc.Core.Status;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Cloud.Ingest;

/// <summary>
/// One conversation with one edge. One loop reads and queues batches at the journal, another waits for each to be durable and
/// acknowledges; when either fails, both end, and the edge starts again from the watermark.
/// </summary>
internal sealed class EdgeStream(Hello hello, ITelemetryStore store, StationFeed feed, IngestScope scope, CancellationTokenSource stop)
{
    /// <summary>Largest payload. Anything larger is not what an edge sends.</summary>
    private const int MaxPayload = 8 << 20;

    private readonly Dictionary<CatalogueKey, TagCatalogue> _catalogues = [];

    public async Task RunAsync(IAsyncStreamReader<Up> up, IServerStreamWriter<Down> down)
    {
        await down.WriteAsync(new Down { Welcome = await WelcomeAsync() }, stop.Token);
        var pending = Channel.CreateBounded<Pending>(
            new BoundedChannelOptions((int)scope.Credit * 4) { SingleReader = true, SingleWriter = true });
        var acknowledging = AcknowledgeAsync(pending.Reader, down);
        try
        {
            while (await up.MoveNext(stop.Token))
            {
                var message = up.Current;
                if (message.Catalogue is { } catalogue) await LearnAsync(catalogue);
                else if (message.Batch is { } batch) await pending.Writer.WriteAsync(await TakeAsync(batch), stop.Token);
            }
        }
        finally
        {
            pending.Writer.Complete();
            await acknowledging;
        }
    }

    private async Task<Welcome> WelcomeAsync()
    {
        var welcome = new Welcome { Credit = scope.Credit };
        foreach (var mark in await store.WatermarksAsync(hello.Edge, hello.Epoch, stop.Token))
        {
            welcome.Watermarks.Add(new Watermark
            {
                Epoch = hello.Epoch,
                Lane = (Lane)mark.Lane,
                Sequence = mark.Sequence,
                Crc32C = mark.Crc32C,
            });
        }
        var catalogue = await CatalogueAsync(hello.Catalogue);
        welcome.CatalogueWanted = catalogue is null;
        // A known catalogue that is in use again is the newest again.
        if (catalogue is not null) await store.KeepAsync(catalogue, stop.Token);
        return welcome;
    }

    private async Task LearnAsync(Catalogue message)
    {
        TagCatalogue catalogue;
        try
        {
            catalogue = TagCatalogue.Of(message);
        }
        catch (InvalidDataException e)
        {
            throw new RpcException(new RpcStatus(StatusCode.InvalidArgument, e.Message));
        }
        if (catalogue.Edge != hello.Edge)
            throw new RpcException(
                new RpcStatus(StatusCode.InvalidArgument, $"the catalogue is of edge '{catalogue.Edge}', not of '{hello.Edge}'"));
        // Whose series these are was settled with the Hello.
        if (catalogue.Station.Value != hello.Station)
            throw new RpcException(
                new RpcStatus(
                    StatusCode.PermissionDenied, $"the catalogue is of station '{catalogue.Station}', the stream of '{hello.Station}'"));
        await store.KeepAsync(catalogue, stop.Token);
        _catalogues[catalogue.Key] = catalogue;
    }

    /// <summary>Checks a batch and puts it into the journal's queue; the answer comes when it is durable.</summary>
    private async Task<Pending> TakeAsync(Batch batch)
    {
        var key = new BatchKey(hello.Edge, batch.Epoch, (BatchLane)batch.Lane, batch.Sequence);
        if (batch.Epoch != hello.Epoch || !Enum.IsDefined(key.Lane))
            throw new RpcException(new RpcStatus(StatusCode.InvalidArgument, $"batch {key} is not of this stream's epoch and lanes"));
        if (batch.Payload.Length > MaxPayload)
            throw new RpcException(new RpcStatus(StatusCode.InvalidArgument, $"batch {key} is larger than {MaxPayload} bytes"));
        if (await CatalogueAsync(batch.Catalogue) is not { } catalogue)
            return new(key, null, Task.FromResult(new Appended(AppendStatus.Unavailable, 0, 0, 0, "catalogue unknown")));

        var block = new EncodedBlock(
            Bytes(batch.Payload), (BlockEncoding)batch.Encoding, batch.Crc32C, (int)batch.PointCount, batch.From, batch.To);
        var content = (BatchContent)batch.Content;
        var (received, newest) = BatchCheck.Of(new(key, catalogue.Station, catalogue.Key, content, block, scope.Now), catalogue);
        return new(key, received, await store.AppendAsync(received, stop.Token)) { Newest = newest };
    }

    private async Task AcknowledgeAsync(ChannelReader<Pending> pending, IServerStreamWriter<Down> down)
    {
        try
        {
            await foreach (var taken in pending.ReadAllAsync(stop.Token))
            {
                var (key, appended) = (taken.Key, await taken.Done);
                var status = Answer(appended, taken);
                // One STORED covers everything of its lane behind it: skip it when the next of the lane is durable already.
                var covered = status == Status.Stored && pending.TryPeek(out var next) && next.Key.Lane == key.Lane
                    && next.Done.IsCompletedSuccessfully && next.Done.Result.Status == AppendStatus.Stored;
                if (covered) continue;
                await down.WriteAsync(
                    new Down
                    {
                        Ack = new Ack
                        {
                            Epoch = key.Epoch,
                            Lane = (Lane)key.Lane,
                            Sequence = key.Sequence,
                            Status = status,
                            Reason = appended.Reason ?? "",
                            Credit = scope.Credit,
                        },
                    },
                    stop.Token);
            }
        }
        finally
        {
            // Without this the reading loop would wait for ever for an edge that waits for its acknowledgement.
            await stop.CancelAsync();
        }
    }

    private Status Answer(Appended appended, Pending taken)
    {
        switch (appended.Status)
        {
            case AppendStatus.Stored when taken.Batch is { } batch:
                var lag = (batch.KnownAt.ToUnixTimeMilliseconds() - batch.Block.To) / 1000.0;
                scope.Metrics.Stored(batch.Block.PointCount, lag, batch.Key.Lane == BatchLane.Live);
                feed.Offer(batch, appended, taken.Newest);
                return Status.Stored;
            case AppendStatus.Duplicate:
                scope.Metrics.Duplicate();
                return Status.Stored;
            case AppendStatus.SetAside:
                scope.Metrics.Rejected();
                return Status.Rejected;
            case AppendStatus.SequenceReused:
                return Status.SequenceReused;
            default:
                scope.Metrics.Retried();
                // A batch that could not be looked at is one of a catalogue that was never here.
                return taken.Batch is null ? Status.CatalogueUnknown : Status.Retry;
        }
    }

    private async ValueTask<TagCatalogue?> CatalogueAsync(ByteString id)
    {
        if (id.Length == 0) return null;
        var key = CatalogueKey.Of(id.Span);
        if (_catalogues.TryGetValue(key, out var known)) return known;
        if (await store.CatalogueAsync(key, stop.Token) is not { } stored) return null;
        if (stored.Edge != hello.Edge || stored.Station.Value != hello.Station) return null;
        return _catalogues[key] = stored;
    }

    private static byte[] Bytes(ByteString payload) =>
        MemoryMarshal.TryGetArray(payload.Memory, out var part) && part.Offset == 0 && part.Count == part.Array?.Length
            ? part.Array
            : payload.ToByteArray();

    private readonly record struct Pending(BatchKey Key, ReceivedBatch? Batch, Task<Appended> Done)
    {
        /// <summary>What it brings to its station's twin.</summary>
        public IReadOnlyList<NewestSample> Newest { get; init; } = [];
    }
}
