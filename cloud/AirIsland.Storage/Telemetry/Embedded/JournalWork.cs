using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>One thing in the writer's queue: a batch to append, or something to run in its turn.</summary>
internal sealed class JournalWork
{
    private readonly TaskCompletionSource<Appended> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<SqliteConnection>? _action;

    public JournalWork(ReceivedBatch batch) => Batch = batch;

    public JournalWork(Action<SqliteConnection> action) => _action = action;

    public ReceivedBatch? Batch { get; }

    public Task<Appended> Done => _done.Task;

    public void Run(SqliteConnection connection) => _action?.Invoke(connection);

    public void Finish(Appended answer) => _done.TrySetResult(answer);

    /// <summary>A batch answers that the disk refused, so that its edge sends it again; anything else fails.</summary>
    public void Fail(SqliteException cause)
    {
        if (Batch is null) _done.TrySetException(cause);
        else _done.TrySetResult(new(AppendStatus.Unavailable, 0, 0, 0, cause.Message));
    }
}
