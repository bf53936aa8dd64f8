using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// While the link is down the last batch of the backfill lane takes up what comes after it: few large batches instead of many small ones,
/// each sample of them a third of the bytes, and durable all the same.
/// </summary>
internal sealed class BackfillTail(BatchRewriter rewriter, int maxPoints)
{
    private const long LongestSpan = 3_600_000;

    /// <summary>Adds the batch to the one before it, when it fits. Null when it wants a number of its own.</summary>
    public OutboxState? TryGrow(OutboxState state, SealedBatch batch, OutboxFile file)
    {
        var sequence = state.Tail(batch.Content);
        if (batch.Block is not { } block || block.PointCount >= maxPoints) return null;
        if (rewriter.Read(Lane.Backfill, sequence) is not { } row) return null;
        if (row.IsThinned || row.Block.PointCount == 0 || row.Block.PointCount + block.PointCount > maxPoints) return null;
        if (!row.Catalogue.AsSpan().SequenceEqual(batch.Catalogue) || Join(row.Block, block) is not { } joined) return null;
        return file.Count(rewriter.Replace(state, Lane.Backfill, sequence, row with { Block = joined }), batch);
    }

    private static EncodedBlock? Join(EncodedBlock before, EncodedBlock after)
    {
        // In 128 bits: the difference of two instants may not fit in 64.
        if ((Int128)Math.Max(before.To, after.To) - Math.Min(before.From, after.From) > LongestSpan) return null;
        var builder = new BlockBuilder();
        Add(builder, BlockReader.Read(before.Payload, before.Encoding));
        var next = BlockReader.Read(after.Payload, after.Encoding);
        if (!next.Groups.All(builder.Accepts)) return null;
        Add(builder, next);
        return builder.Encode();
    }

    private static void Add(BlockBuilder builder, DecodedBlock block)
    {
        foreach (var group in block.Groups) builder.Add(group, static (_, _) => true);
        builder.AddRemarks(block);
    }
}
