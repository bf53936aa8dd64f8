namespace AirIsland.Edge.Outbox;

/// <summary>A batch that gets lane and number; its receipts are honoured when it is durable.</summary>
internal sealed class AppendWork(SealedBatch batch, SourceMarks marks) : Work
{
    public int Points => batch.Block?.PointCount ?? 0;

    public override OutboxState Apply(OutboxContents contents, OutboxState state) => contents.Append(state, batch);

    public override void Committed()
    {
        foreach (var receipt in batch.Receipts)
        {
            if (receipt.SourceTime is { } time) marks.Add(receipt.Key, time, receipt.Content);
            receipt.Acknowledge();
        }
    }
}
