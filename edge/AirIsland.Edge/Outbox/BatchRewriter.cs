using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>Puts another block in the place of a batch, under its number. Runs inside <see cref="OutboxFile.Commit"/>.</summary>
internal sealed class BatchRewriter : IDisposable
{
    private readonly OutboxFile _file;
    private readonly Statement _read, _size, _span, _replace;

    public BatchRewriter(OutboxFile file)
    {
        _file = file;
        var db = file.Connection;
        _read = new(db, $"SELECT {BatchRow.Columns} FROM batch WHERE lane = ?1 AND sequence = ?2");
        _size = new(db, "SELECT length(payload) FROM batch WHERE lane = ?1 AND sequence = ?2");
        _span = new(db, """
            SELECT min(first), max(last), coalesce(sum(points), 0) FROM batch WHERE lane = ?1 AND sequence BETWEEN ?2 AND ?3
            """);
        _replace = new(db, """
            UPDATE batch SET catalogue = ?3, content = ?4, appended = ?5, points = ?6, first = ?7, last = ?8, crc = ?9, encoding = ?10,
                payload = ?11, thinned = ?12, head = ?13
            WHERE lane = ?1 AND sequence = ?2
            """);
    }

    /// <summary>The batch as it is kept; null when there is none or it is damaged.</summary>
    public BatchRow? Read(Lane lane, long sequence)
    {
        using var rows = _read.Query((long)lane, sequence);
        return rows.Read() ? BatchRow.Read(rows, lane, sequence) : null;
    }

    public OutboxState Replace(OutboxState state, Lane lane, long sequence, BatchRow row)
    {
        var size = _size.Number((long)lane, sequence) ?? 0;
        var block = row.Block;
        _replace.Run(
            (long)lane, sequence, row.Catalogue, (long)row.Content, row.Appended, (long)block.PointCount, block.From, block.To,
            (long)block.Crc32C, (long)block.Encoding, block.Payload, row.IsThinned ? 1L : 0L, row.Head(lane, sequence));
        return Grown(state, lane, sequence, block.Payload.Length - size);
    }

    /// <summary>A gap with the batch's tags, time and count takes its place. Returns the samples given up.</summary>
    public (OutboxState State, long Points) ReplaceByGap(OutboxState state, Lane lane, long sequence, string reason, long now)
    {
        if (Read(lane, sequence) is not { } row) return (Fill(state, lane, sequence, now), 0);
        var (block, points) = (row.Block, row.Block.PointCount);
        var gap = new BlockGap(Tags(block), block.From, block.To < long.MaxValue ? block.To + 1 : block.To, reason, (ulong)points);
        return (Replace(state, lane, sequence, row with { Block = BlockOf(gap) }), points);
    }

    /// <summary>Puts a gap in the place of a batch whose row is gone or damaged, so that the lane goes on.</summary>
    public OutboxState Fill(OutboxState state, Lane lane, long sequence, long now)
    {
        if (Read(lane, sequence) is not null) return state;
        var (before, after) = (Span(lane, 0, sequence - 1), Span(lane, sequence + 1, long.MaxValue));
        var (from, to) = (before?.To ?? after?.From ?? now, after?.From ?? before?.To ?? now);
        var block = BlockOf(new([], Math.Min(from, to), Math.Max(from, to) + 1, "missing in the outbox", 0));
        var row = new BatchRow(_file.Catalogue, ScanContent.Levels, now, block, IsThinned: false);
        if (_size.Number((long)lane, sequence) is not null) return Replace(state, lane, sequence, row);
        _file.Insert(lane, sequence, row);
        return Grown(state, lane, sequence, block.Payload.Length);
    }

    /// <summary>What the batches of a stretch of a lane cover, both ends inclusive; null when there are none.</summary>
    public Expired? Span(Lane lane, long first, long last)
    {
        using var row = _span.Query((long)lane, first, last);
        return row.Read() && !row.IsDBNull(0) ? Expired.Batch(last, row.Whole(0), row.Whole(1), row.Whole(2)) : null;
    }

    public static EncodedBlock BlockOf(BlockGap gap)
    {
        var builder = new BlockBuilder();
        builder.Add(gap);
        return builder.Encode();
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_read, _size, _span, _replace]) statement.Dispose();
    }

    private static OutboxState Grown(OutboxState state, Lane lane, long sequence, long bytes)
    {
        var s = state[lane];
        return state.With(lane, sequence > s.Acknowledged
            ? s with { PendingBytes = s.PendingBytes + bytes }
            : s with { KeptBytes = s.KeptBytes + bytes });
    }

    // A rejected batch may be one that cannot be decoded here either; its gap then names no tags.
    private static uint[] Tags(EncodedBlock block)
    {
        try
        {
            var groups = BlockReader.Read(block.Payload, block.Encoding).Groups;
            return [.. groups.SelectMany(g => g.Columns).Select(c => c.Tag).Distinct().Order()];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
