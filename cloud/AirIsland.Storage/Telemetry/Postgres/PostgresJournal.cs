using System.Data.Common;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirIsland.Storage.Telemetry.Postgres;

/// <summary>
/// The writer of this process. Whatever streams queued while the previous commit ran goes into the next transaction. It remembers
/// nothing between two: other processes append as well. A connection that failed is given up, and the next group opens another.
/// </summary>
internal sealed partial class PostgresJournal : IDisposable
{
    private readonly JournalQueue _queue;
    private readonly NpgsqlDataSource _source;
    private readonly ILogger _logger;
    private NpgsqlConnection? _connection;
    private bool _failing;

    public PostgresJournal(NpgsqlDataSource source, PostgresOptions options, ILogger logger)
    {
        (_source, _logger) = (source, logger);
        _queue = new("journal", options.MaxGroup, options.MaxGroupBytes);
        _queue.Start(Run, Commit);
    }

    /// <summary>Transactions committed and batches in them, since the start.</summary>
    public (long Commits, long Batches) Counters { get; private set; }

    public ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken) =>
        _queue.AppendAsync(batch, cancellationToken);

    /// <inheritdoc cref="JournalQueue.RunAsync"/>
    public Task RunAsync(Action<DbConnection> action, CancellationToken cancellationToken) => _queue.RunAsync(action, cancellationToken);

    public void Dispose()
    {
        _queue.Dispose();
        _connection?.Dispose();
    }

    private void Run(JournalWork work)
    {
        try
        {
            work.Run(Connected());
        }
        catch (Exception e) when (IsOutside(e))
        {
            work.Fail(e);
        }
        if (work.Done.IsFaulted) GiveUp();
    }

    private void Commit(List<JournalWork> group)
    {
        try
        {
            var (answers, stored) = PostgresGroup.Commit(Connected(), group);
            Counters = (Counters.Commits + 1, Counters.Batches + stored);
            JournalMetrics.Committed();
            if (_failing) LogRecovered();
            _failing = false;
            for (var i = 0; i < group.Count; i++) group[i].Finish(answers[i]);
        }
        catch (Exception e) when (IsOutside(e))
        {
            // Also when the answer to COMMIT was lost: the batches come again, and the watermark knows.
            GiveUp();
            if (!_failing) LogCommitFailed(group.Count, (e as PostgresException)?.SqlState ?? "none", e.Message);
            _failing = true;
            foreach (var work in group) work.Refuse(e.Message);
        }
    }

    private NpgsqlConnection Connected() => _connection ??= _source.OpenConnection();

    private void GiveUp()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private static bool IsOutside(Exception e) => e is DbException or InvalidOperationException or IOException or TimeoutException;
}
