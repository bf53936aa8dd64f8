using System.Data.Common;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>One thing in the writer's queue: a batch to append with others, or something to run by itself in its turn.</summary>
internal sealed class JournalWork
{
    private readonly TaskCompletionSource<Appended> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<DbConnection>? _action;

    public JournalWork(ReceivedBatch batch) => Batch = batch;

    public JournalWork(Action<DbConnection> action) => _action = action;

    public ReceivedBatch? Batch { get; }

    public Task<Appended> Done => _done.Task;

    public void Run(DbConnection connection)
    {
        try
        {
            _action?.Invoke(connection);
            _done.TrySetResult(default);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            Fail(e);
        }
    }

    /// <summary>It could not be run.</summary>
    public void Fail(Exception cause) => _done.TrySetException(new StoreUnavailableException(cause.Message, cause));

    public void Finish(Appended answer) => _done.TrySetResult(answer);

    /// <summary>The disk refused: the batch's edge is to send it again.</summary>
    public void Refuse(string reason) => _done.TrySetResult(new(AppendStatus.Unavailable, 0, 0, 0, reason));
}
