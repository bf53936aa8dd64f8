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
            Commit(group, group);
        }
        catch (PostgresException e) when (IsOfData(e))
        {
            // Something of one batch is nothing that a row can hold, now or later: the others are not to suffer.
            GiveUp();
            if (group.Count == 1) SetAside(group[0], e);
            else foreach (var work in group) Commit([work]);
        }
        catch (Exception e) when (IsOutside(e))
        {
            Refuse(group, e);
        }
    }

    /// <summary>Commits batches in one transaction, and answers those who asked for them.</summary>
    private void Commit(List<JournalWork> asked, List<JournalWork> batches)
    {
        var (answers, stored) = PostgresGroup.Commit(Connected(), batches);
        Counters = (Counters.Commits + 1, Counters.Batches + stored);
        JournalMetrics.Committed();
        if (_failing) LogRecovered();
        _failing = false;
        for (var i = 0; i < asked.Count; i++) asked[i].Finish(answers[i]);
    }

    private void SetAside(JournalWork work, PostgresException cause)
    {
        var batch = work.Batch ?? throw new ArgumentException("only batches", nameof(work));
        try
        {
            Commit([work], [new(batch with { Rejection = $"PostgreSQL refused it: {cause.Message}" })]);
            LogSetAside(batch.Key.ToString(), cause.SqlState, cause.MessageText);
        }
        catch (Exception e) when (IsOutside(e))
        {
            Refuse([work], e);
        }
    }

    /// <summary>Also when the answer to COMMIT was lost: the batches come again, and the watermark knows.</summary>
    private void Refuse(List<JournalWork> group, Exception cause)
    {
        GiveUp();
        if (!_failing) LogCommitFailed(group.Count, (cause as PostgresException)?.SqlState ?? "none", cause.Message);
        _failing = true;
        foreach (var work in group) work.Refuse(cause.Message);
    }

    private NpgsqlConnection Connected() => _connection ??= _source.OpenConnection();

    private void GiveUp()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>Data exceptions, and constraints that are violated.</summary>
    private static bool IsOfData(PostgresException e) =>
        e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith("23", StringComparison.Ordinal);

    private static bool IsOutside(Exception e) => e is DbException or InvalidOperationException or IOException or TimeoutException;
}
