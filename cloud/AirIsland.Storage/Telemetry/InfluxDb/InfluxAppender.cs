using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Extensions.Logging;

namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>
/// Points first, watermark after, in the order in which batches came. Points of one series and instant overwrite each other: who is killed
/// between the two gets the batch again and writes the same points once more.
/// </summary>
internal sealed partial class InfluxAppender : IAsyncDisposable
{
    private const int MaxRemembered = 1_000;

    /// <summary>Payloads that may wait for InfluxDB, as many as may wait for the journal's disk: 64 MiB.</summary>
    private const long MaxQueuedBytes = 64 << 20;

    private readonly ByteGate _room = new(MaxQueuedBytes);

    private readonly Channel<InfluxWork> _queue =
        Channel.CreateBounded<InfluxWork>(new BoundedChannelOptions(1_024) { SingleReader = true });
    private readonly ConcurrentDictionary<CatalogueKey, byte[][]> _prefixes = [];
    private readonly Dictionary<(string Edge, ulong Epoch), Dictionary<BatchLane, ulong>> _marks = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly ITelemetryStore _local;
    private readonly InfluxClient _client;
    private readonly InfluxDbOptions _options;
    private readonly ILogger _logger;
    private readonly Task _running;
    private bool _failing;

    public InfluxAppender(ITelemetryStore local, InfluxClient client, InfluxDbOptions options, ILogger logger)
    {
        (_local, _client, _options, _logger) = (local, client, options, logger);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Points written, samples that InfluxDB cannot date, and batches that it refused, since the start.</summary>
    public (long Points, long LeftOut, long Refused) Counters { get; private set; }

    public async ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken)
    {
        var (work, bytes) = (new InfluxWork(batch), batch.Block.Payload.Length);
        await _room.EnterAsync(bytes, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(work, cancellationToken);
        }
        catch
        {
            _room.Leave(bytes);
            throw;
        }
        return work.Done;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _closing.CancelAsync();
        await _running;
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<InfluxWork>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            for (var points = 0; points < _options.MaxLines && _queue.Reader.TryRead(out var work); points += work.Batch.Block.PointCount)
                group.Add(work);
            try
            {
                await AppendAsync(group);
            }
            // Whatever it is: without this loop nobody is ever answered again.
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                if (e is not (StoreUnavailableException or OperationCanceledException)) LogBroken(e, group.Count);
                foreach (var work in group) work.Finish(new(AppendStatus.Unavailable, 0, 0, 0, e.Message));
            }
            _room.Leave(group.Sum(w => (long)w.Batch.Block.Payload.Length));
            group.Clear();
        }
    }

    private async Task AppendAsync(List<InfluxWork> group)
    {
        await PrepareAsync(group);
        List<InfluxWork> written = [.. group.Where(w => w.Lines.Length > 0)];
        await WriteAsync(written);
        foreach (var work in written)
            while (HasFurther(work)) await WriteAsync([work]);
        var appended = new List<(InfluxWork Work, Task<Appended> Done)>();
        var faults = new Dictionary<(string Edge, ulong Epoch, BatchLane Lane), string>();
        foreach (var work in group)
        {
            var lane = (work.Batch.Key.Edge, work.Batch.Key.Epoch, work.Batch.Key.Lane);
            // After one that was not written nothing of its lane may be stored, a second copy of it least of all.
            if ((faults.GetValueOrDefault(lane) ?? work.Fault) is { } fault)
            {
                faults[lane] = fault;
                work.Finish(new(AppendStatus.Unavailable, 0, 0, 0, fault));
            }
            // What InfluxDB will never take is kept aside with its reason, so that its lane goes on and nothing is lost in silence.
            else appended.Add((work, await _local.AppendAsync(Judged(work), CancellationToken.None)));
        }
        foreach (var (work, done) in appended)
        {
            var answer = await done;
            Remember(work.Batch.Key, answer);
            work.Finish(answer);
        }
    }

    /// <summary>
    /// Makes the lines of the batches that are next in their lane: a duplicate, a reused number and one out of order write nothing, and the
    /// journal says what they are.
    /// </summary>
    private async Task PrepareAsync(List<InfluxWork> group)
    {
        var ahead = new Dictionary<(string Edge, ulong Epoch, BatchLane Lane), ulong>();
        foreach (var work in group)
        {
            var key = work.Batch.Key;
            var lane = (key.Edge, key.Epoch, key.Lane);
            var mark = ahead.TryGetValue(lane, out var expected) ? expected : (await MarksAsync(key)).GetValueOrDefault(key.Lane);
            if (key.Sequence != mark + 1) continue;
            ahead[lane] = key.Sequence;
            if (work.Batch.Rejection is null && work.Batch.Content == BatchContent.Levels) await TryRenderAsync(work);
        }
    }

    /// <summary>Whatever a batch does that cannot be made points, it does to itself: it would do so again.</summary>
    private async Task TryRenderAsync(InfluxWork work)
    {
        try
        {
            await RenderAsync(work);
        }
        catch (Exception e) when (e is not (StoreUnavailableException or OutOfMemoryException))
        {
            Refuse(work, $"its points cannot be written: {e.Message}");
        }
    }

    private async Task RenderAsync(InfluxWork work)
    {
        if (await _local.CatalogueAsync(work.Batch.Catalogue, CancellationToken.None) is not { } catalogue)
        {
            work.Fault = "catalogue unknown";
            return;
        }
        work.Pieces = Pieces(work, catalogue).GetEnumerator();
        if (work.Pieces.MoveNext()) work.Lines = work.Pieces.Current;
    }

    /// <summary>Makes the next piece of a batch whose last one was written; false when there is none.</summary>
    private bool HasFurther(InfluxWork work)
    {
        if (work.Fault is not null || work.Refusal is not null || work.Pieces is not { } pieces) return false;
        try
        {
            if (!pieces.MoveNext()) return false;
            work.Lines = pieces.Current;
            return work.Lines.Length > 0;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Refuse(work, $"its points cannot be written: {e.Message}");
            return false;
        }
    }

    /// <summary>The lines of a batch, as many at once as a request may have, all in one place.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Pieces(InfluxWork work, TagCatalogue catalogue)
    {
        if (_prefixes.Count > MaxRemembered) _prefixes.Clear();
        var prefixes = _prefixes.GetOrAdd(catalogue.Key, _ => [.. catalogue.Tags.Select(SeriesName.Prefix)]);
        var block = BlockReader.Read(work.Batch.Block.Payload, work.Batch.Block.Encoding);
        var output = new ArrayBufferWriter<byte>(Math.Max(256, Math.Min(work.Batch.Block.PointCount, _options.MaxLines) * 128));
        foreach (var (lines, leftOut) in PointText.Write(block, catalogue, prefixes, work.Batch.KnownAt, output, _options.MaxLines))
        {
            if (leftOut > 0)
            {
                Counters = Counters with { LeftOut = Counters.LeftOut + leftOut };
                LogLeftOut(leftOut, work.Batch.Key.ToString());
            }
            work.LineCount = lines;
            yield return output.WrittenMemory;
            output.ResetWrittenCount();
        }
    }

    /// <summary>One request for all of them, and one for each when the server refused that: the others are not to suffer.</summary>
    private async Task WriteAsync(List<InfluxWork> group)
    {
        if (group.Count == 0) return;
        try
        {
            var body = new ArrayBufferWriter<byte>(group.Sum(w => w.Lines.Length));
            foreach (var work in group) body.Write(work.Lines.Span);
            var refusal = await _client.WriteAsync(body.WrittenMemory, _closing.Token);
            if (refusal is not null && group.Count == 1) Refuse(group[0], $"InfluxDB refused its points: {refusal}");
            else if (refusal is not null)
                foreach (var work in group) await WriteAsync([work]);
            else Counters = Counters with { Points = Counters.Points + group.Sum(w => w.LineCount) };
            if (_failing) LogRecovered();
            _failing = false;
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            if (!_failing) LogFailed(group.Count, e.Message);
            _failing = true;
            foreach (var work in group) work.Fault = e.Message;
        }
    }

    private void Refuse(InfluxWork work, string refusal)
    {
        work.Refusal = refusal;
        Counters = Counters with { Refused = Counters.Refused + 1 };
        LogRefused(work.Batch.Key.ToString(), refusal);
    }

    private static ReceivedBatch Judged(InfluxWork work) =>
        work.Refusal is { } refusal ? work.Batch with { Rejection = refusal } : work.Batch;

    private async Task<Dictionary<BatchLane, ulong>> MarksAsync(BatchKey key)
    {
        if (_marks.TryGetValue((key.Edge, key.Epoch), out var known)) return known;
        if (_marks.Count > MaxRemembered) _marks.Clear();
        var marks = await _local.WatermarksAsync(key.Edge, key.Epoch, CancellationToken.None);
        return _marks[(key.Edge, key.Epoch)] = marks.ToDictionary(m => m.Lane, m => m.Sequence);
    }

    private void Remember(BatchKey key, Appended answer)
    {
        if (answer.Status is AppendStatus.Unavailable) _marks.Remove((key.Edge, key.Epoch));
        else if (_marks.TryGetValue((key.Edge, key.Epoch), out var lanes)) lanes[key.Lane] = answer.Watermark;
    }
}
