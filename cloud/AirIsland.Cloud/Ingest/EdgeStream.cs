using System.Runtime.InteropServices;
using System.Threading.Channels;
using AirIsland.Cloud.Stations;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using Google.Protobuf;
using Grpc.Core;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Cloud.Ingest;

/// <summary>
/// One conversation with one edge. One loop reads and queues batches at the journal, another waits for each to be durable and
/// acknowledges; when either fails, both end, and the edge starts again from the watermark.
/// </summary>
internal sealed class EdgeStream(Hello hello, StreamParts parts, CancellationTokenSource stop) : IDisposable
{
    private readonly Patience _silence = new(stop.Token);
    private readonly Patience _unread = new(stop.Token);
    private readonly IngestScope _scope = parts.Scope;
    private readonly StreamCatalogues _catalogues = new(hello, parts);

    public async Task RunAsync(IAsyncStreamReader<Up> up, IServerStreamWriter<Down> down)
    {
        await WriteAsync(down, new Down { Welcome = await WelcomeAsync() });
        var pending = Channel.CreateBounded<Pending>(
            new BoundedChannelOptions((int)_scope.Credit * 4) { SingleReader = true, SingleWriter = true });
        var acknowledging = AcknowledgeAsync(pending.Reader, down);
        try
        {
            while (await NextAsync(up))
            {
                var message = up.Current;
                if (message.Batch is { } batch) await pending.Writer.WriteAsync(await TakeAsync(batch), stop.Token);
                else if (message.Catalogue is { } catalogue) await _catalogues.LearnAsync(catalogue, stop.Token);
                else throw Refusal.Order("after Hello come catalogues and batches");
            }
        }
        finally
        {
            pending.Writer.Complete();
            await acknowledging;
        }
    }

    public void Dispose()
    {
        _silence.Dispose();
        _unread.Dispose();
    }

    private async Task<bool> NextAsync(IAsyncStreamReader<Up> up)
    {
        // A read that is left behind would meet the next stream of the connection: it is ended, not left.
        var next = up.MoveNext(_silence.Token);
        if (next.IsCompletedSuccessfully) return next.Result;
        _silence.Begin(_scope.Limits.Silence);
        try
        {
            var found = await next;
            _silence.End();
            return found;
        }
        catch (Exception e) when (_silence.IsOver && (e is OperationCanceledException or IOException))
        {
            throw Refusal.Silence("another message", _scope.Limits.Silence);
        }
    }

    /// <summary>Who does not read gets no more room than the link has.</summary>
    private async Task WriteAsync(IServerStreamWriter<Down> down, Down message)
    {
        var written = down.WriteAsync(message, _unread.Token);
        if (written.IsCompletedSuccessfully) return;
        _unread.Begin(_scope.Limits.Unread);
        try
        {
            await written;
            _unread.End();
        }
        catch (Exception e) when (_unread.IsOver && (e is OperationCanceledException or IOException))
        {
            throw Refusal.Unread(_scope.Limits.Unread);
        }
    }

    private async Task<Welcome> WelcomeAsync()
    {
        var welcome = new Welcome { Credit = _scope.Credit };
        foreach (var mark in await parts.Store.WatermarksAsync(hello.Edge, hello.Epoch, stop.Token))
        {
            welcome.Watermarks.Add(new Watermark
            {
                Epoch = hello.Epoch,
                Lane = (Lane)mark.Lane,
                Sequence = mark.Sequence,
                Crc32C = mark.Crc32C,
            });
        }
        var catalogue = await _catalogues.FindAsync(hello.Catalogue, stop.Token);
        welcome.CatalogueWanted = catalogue is null;
        // A known catalogue that is in use again is the newest again.
        if (catalogue is not null) await parts.Store.KeepAsync(catalogue, stop.Token);
        return welcome;
    }

    /// <summary>Checks a batch and puts it into the journal's queue; the answer comes when it is durable.</summary>
    private async ValueTask<Pending> TakeAsync(Batch batch)
    {
        var key = new BatchKey(hello.Edge, batch.Epoch, (BatchLane)batch.Lane, batch.Sequence);
        if (batch.Epoch != hello.Epoch || key.Lane is not (BatchLane.Live or BatchLane.Backfill))
            throw Refusal.Order($"batch {key} is not of this stream's epoch and lanes");
        if (batch.Payload.Length > IngestLimits.PayloadBytes)
            throw Refusal.Size($"batch {key} has a payload of {batch.Payload.Length} bytes, limit {IngestLimits.PayloadBytes}");
        if (await _catalogues.FindAsync(batch.Catalogue, stop.Token) is not { } catalogue)
            return new(key, Task.FromResult(new Appended(AppendStatus.Unavailable, 0, 0, 0, "catalogue unknown")), null);

        var block = new EncodedBlock(
            Bytes(batch.Payload), (BlockEncoding)batch.Encoding, batch.Crc32C, (int)batch.PointCount, batch.From, batch.To);
        var (received, newest) = BatchCheck.Of(
            new(key, catalogue.Station, catalogue.Key, (BatchContent)batch.Content, block, _scope.Now), catalogue);
        return new(key, await parts.Store.AppendAsync(received, stop.Token), new(
            catalogue.Key.Hex, received.KnownAt.ToUnixTimeMilliseconds(), block.PointCount, block.To, newest));
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
                await WriteAsync(
                    down,
                    new Down
                    {
                        Ack = new Ack
                        {
                            Epoch = key.Epoch,
                            Lane = (Lane)key.Lane,
                            Sequence = key.Sequence,
                            Status = status,
                            Reason = appended.Reason ?? "",
                            Credit = _scope.Credit,
                        },
                    });
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
            case AppendStatus.Stored when taken.Content is { } content:
                _scope.Metrics.Stored(content.Points, (content.KnownAtMs - content.ToMs) / 1000.0, taken.Key.Lane == BatchLane.Live);
                parts.Feed.Offer(
                    hello.Station, new(appended.Position, appended.Previous, content.Catalogue, content.KnownAtMs, content.Newest));
                return Status.Stored;
            case AppendStatus.Duplicate:
                _scope.Metrics.Duplicate();
                return Status.Stored;
            case AppendStatus.SetAside:
                _scope.Metrics.Rejected();
                return Status.Rejected;
            case AppendStatus.SequenceReused:
                return Status.SequenceReused;
            default:
                _scope.Metrics.Retried();
                // A batch that could not be looked at is one of a catalogue that was never here.
                return taken.Content is null ? Status.CatalogueUnknown : Status.Retry;
        }
    }

    private static byte[] Bytes(ByteString payload) =>
        MemoryMarshal.TryGetArray(payload.Memory, out var part) && part.Offset == 0 && part.Count == part.Array?.Length
            ? part.Array
            : payload.ToByteArray();

    /// <summary>A batch whose answer is to come. Its bytes are the journal's alone.</summary>
    private readonly record struct Pending(BatchKey Key, Task<Appended> Done, Content? Content);

    /// <summary>What is wanted of a batch after it is stored.</summary>
    private sealed record Content(string Catalogue, long KnownAtMs, int Points, long ToMs, IReadOnlyList<NewestSample> Newest);
}
