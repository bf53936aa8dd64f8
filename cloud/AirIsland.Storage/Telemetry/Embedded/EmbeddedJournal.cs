using System.Data.Common;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// The one writer of the journal. Whatever streams queued while the previous commit ran goes into the next transaction, watermarks
/// included; the tasks end after COMMIT. What it holds in memory changes only after a commit succeeded.
/// </summary>
internal sealed partial class EmbeddedJournal : IDisposable
{
    private readonly JournalQueue _queue;
    private readonly ILogger _logger;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<(string Edge, ulong Epoch, BatchLane Lane), StoredWatermark> _watermarks = [];
    private readonly Dictionary<StationId, long> _lastPosition = [];
    private long _nextPosition = 1;
    private bool _failing;

    public EmbeddedJournal(EmbeddedOptions options, ILogger logger)
    {
        _logger = logger;
        _connection = EmbeddedSchema.Open(EmbeddedSchema.PathIn(options.Directory), write: true);
        Load();
        _queue = new("journal", options.MaxGroup, options.MaxGroupBytes);
        _queue.Start(work => work.Run(_connection), Commit);
    }

    /// <summary>Transactions committed and batches in them, since the start.</summary>
    public (long Commits, long Batches) Counters { get; private set; }

    public ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken) =>
        _queue.AppendAsync(batch, cancellationToken);

    public async Task<IReadOnlyList<StoredWatermark>> WatermarksAsync(string edge, ulong epoch, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredWatermark> found = [];
        await RunAsync(
            _ => found = [.. _watermarks.Where(w => w.Key.Edge == edge && w.Key.Epoch == epoch).Select(w => w.Value)], cancellationToken);
        return found;
    }

    /// <inheritdoc cref="JournalQueue.RunAsync"/>
    public Task RunAsync(Action<DbConnection> action, CancellationToken cancellationToken) => _queue.RunAsync(action, cancellationToken);

    public void Dispose()
    {
        _queue.Dispose();
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
