using System.Threading.Channels;
using AirIsland.Domain.Stations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// The one writer of the journal. Whatever streams queued while the previous commit ran goes into the next transaction, watermarks
/// included; the tasks end after COMMIT. What it holds in memory changes only after a commit succeeded.
/// </summary>
internal sealed partial class EmbeddedJournal : IDisposable
{
    /// <summary>Payloads that may wait for the disk: 64 MiB. With batches of 10,000 points the queue is full long before.</summary>
    private const long MaxQueuedBytes = 64 << 20;

    private readonly Channel<JournalWork> _queue;
    private readonly ByteGate _room = new(MaxQueuedBytes);
    private readonly EmbeddedOptions _options;
    private readonly ILogger _logger;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<(string Edge, ulong Epoch, BatchLane Lane), StoredWatermark> _watermarks = [];
    private readonly Dictionary<StationId, long> _lastPosition = [];
    private readonly Thread _thread;
    private long _nextPosition = 1;
    private bool _failing;

    public EmbeddedJournal(EmbeddedOptions options, ILogger logger)
    {
        (_options, _logger) = (options, logger);
        _queue = Channel.CreateBounded<JournalWork>(new BoundedChannelOptions(4 * options.MaxGroup) { SingleReader = true });
        _connection = EmbeddedSchema.Open(EmbeddedSchema.PathIn(options.Directory), write: true);
        Load();
        _thread = new Thread(Run) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>Transactions committed and batches in them, since the start.</summary>
    public (long Commits, long Batches) Counters { get; private set; }

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

    public async Task<IReadOnlyList<StoredWatermark>> WatermarksAsync(string edge, ulong epoch, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredWatermark> found = [];
        await RunAsync(
            _ => found = [.. _watermarks.Where(w => w.Key.Edge == edge && w.Key.Epoch == epoch).Select(w => w.Value)], cancellationToken);
        return found;
    }

    /// <summary>Runs something on the writer's thread, in its turn, committed by itself.</summary>
    /// <exception cref="StoreUnavailableException">It failed.</exception>
    public async Task RunAsync(Action<SqliteConnection> action, CancellationToken cancellationToken)
    {
        var work = new JournalWork(action);
        await _queue.Writer.WriteAsync(work, cancellationToken);
        await work.Done;
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
        _connection.Dispose();
    }

    private void Load()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT edge, epoch, lane, sequence, crc32c FROM watermark";
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                var mark = new StoredWatermark((BatchLane)rows.GetInt32(2), (ulong)rows.GetInt64(3), (uint)rows.GetInt64(4));
                _watermarks[(rows.GetString(0), (ulong)rows.GetInt64(1), mark.Lane)] = mark;
            }
        }
        command.CommandText = "SELECT station, max(position) FROM batch GROUP BY station";
        using var stations = command.ExecuteReader();
        while (stations.Read())
        {
            var position = stations.GetInt64(1);
            _lastPosition[new(stations.GetString(0))] = position;
            _nextPosition = Math.Max(_nextPosition, position + 1);
        }
    }

    private void Run()
    {
        var group = new List<JournalWork>(_options.MaxGroup);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryPeek(out var next) && next.Batch is null && _queue.Reader.TryRead(out next)) next.Run(_connection);
            Fill(group);
            if (group.Count > 0) Commit(group);
            _room.Leave(group.Sum(w => (long)(w.Batch?.Block.Payload.Length ?? 0)));
            group.Clear();
        }
    }

    /// <summary>Takes the batches that wait, up to the limits, and stops before anything that runs by itself.</summary>
    private void Fill(List<JournalWork> group)
    {
        for (var bytes = 0; group.Count < _options.MaxGroup && bytes < _options.MaxGroupBytes;)
        {
            if (!_queue.Reader.TryPeek(out var work) || work.Batch is not { } batch || !_queue.Reader.TryRead(out work)) return;
            group.Add(work);
            bytes += batch.Block.Payload.Length;
        }
    }

    private void Commit(List<JournalWork> group)
    {
        try
        {
            var answers = new Appended[group.Count];
            var pending = new JournalPending(_watermarks, _lastPosition, _nextPosition);
            using (var transaction = _connection.BeginTransaction())
            {
                using var writer = new JournalWriter(_connection, transaction);
                for (var i = 0; i < group.Count; i++)
                    if (group[i].Batch is { } batch) answers[i] = pending.Take(batch, writer);
                pending.WriteWatermarks(writer);
                transaction.Commit();
            }
            _nextPosition = pending.Publish(_watermarks, _lastPosition);
            Counters = (Counters.Commits + 1, Counters.Batches + pending.Stored);
            JournalMetrics.Committed();
            if (_failing) LogRecovered();
            _failing = false;
            for (var i = 0; i < group.Count; i++) group[i].Finish(answers[i]);
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException or IOException)
        {
            if (!_failing) LogCommitFailed(group.Count, (e as SqliteException)?.SqliteErrorCode ?? 0, e.Message);
            _failing = true;
            foreach (var work in group) work.Refuse(e.Message);
        }
    }
}
