namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>A batch in the queue of the appender, and where its answer goes.</summary>
internal sealed class InfluxWork(ReceivedBatch batch)
{
    private readonly TaskCompletionSource<Appended> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReceivedBatch Batch { get; } = batch;

    /// <summary>The piece of its lines that is to be written next; empty for what has none, or none any more.</summary>
    public ReadOnlyMemory<byte> Lines { get; set; }

    /// <summary>How many lines those are.</summary>
    public int LineCount { get; set; }

    /// <summary>Its lines piece by piece, for one that is too large for a request: each takes the place of the one before.</summary>
    public IEnumerator<ReadOnlyMemory<byte>>? Pieces { get; set; }

    /// <summary>Why its points could not be written now; null when they were, or there are none.</summary>
    public string? Fault { get; set; }

    /// <summary>Why there will never be points of it.</summary>
    public string? Refusal { get; set; }

    public Task<Appended> Done => _done.Task;

    public void Finish(Appended answer) => _done.TrySetResult(answer);
}
