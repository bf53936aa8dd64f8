using System.Data.Common;
using System.Threading.Channels;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>
/// The queue before the one writer of a journal, and its thread. Whatever queued while the previous commit ran is the next group; what
/// runs by itself does so in its turn.
/// </summary>
internal sealed class JournalQueue(string name, int maxGroup, int maxGroupBytes) : IDisposable
{
    /// <summary>Payloads that may wait for the disk: 64 MiB. With batches of 10,000 points the queue is full long before.</summary>
    private const long MaxQueuedBytes = 64 << 20;

    private readonly Channel<JournalWork> _queue =
        Channel.CreateBounded<JournalWork>(new BoundedChannelOptions(4 * maxGroup) { SingleReader = true });

    private readonly ByteGate _room = new(MaxQueuedBytes);
    private Thread? _thread;

    /// <param name="run">Runs what stands by itself.</param>
    /// <param name="commit">Commits a group of batches and answers each.</param>
    public void Start(Action<JournalWork> run, Action<List<JournalWork>> commit)
    {
        _thread = new Thread(() => Loop(run, commit)) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>The outer task is a place in the queue.</summary>
    public async ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken)
    {
        var (work, bytes) = (new JournalWork(batch), batch.Block.Payload.Length);
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

    /// <summary>Runs something on the writer's thread, in its turn, committed by itself.</summary>
    /// <exception cref="StoreUnavailableException">It failed.</exception>
    public async Task RunAsync(Action<DbConnection> action, CancellationToken cancellationToken)
    {
        var work = new JournalWork(action);
        await _queue.Writer.WriteAsync(work, cancellationToken);
        await work.Done;
    }

    /// <summary>Takes nothing more, finishes what waits, and ends the thread.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread?.Join();
    }

    private void Loop(Action<JournalWork> run, Action<List<JournalWork>> commit)
    {
        var group = new List<JournalWork>(maxGroup);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryPeek(out var next) && next.Batch is null && _queue.Reader.TryRead(out next)) run(next);
            Fill(group);
            if (group.Count > 0) commit(group);
            _room.Leave(group.Sum(w => (long)(w.Batch?.Block.Payload.Length ?? 0)));
            group.Clear();
        }
    }

    /// <summary>Takes the batches that wait, up to the limits, and stops before anything that runs by itself.</summary>
    private void Fill(List<JournalWork> group)
    {
        for (var bytes = 0; group.Count < maxGroup && bytes < maxGroupBytes;)
        {
            if (!_queue.Reader.TryPeek(out var work) || work.Batch is not { } batch || !_queue.Reader.TryRead(out work)) return;
            group.Add(work);
            bytes += batch.Block.Payload.Length;
        }
    }
}
