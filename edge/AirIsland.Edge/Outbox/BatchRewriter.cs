using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>Puts another block in the place of a batch, under its number. Runs inside <see cref="OutboxFile.Commit"/>.</summary>
internal sealed class BatchRewriter : IDisposable
{
    private readonly OutboxFile _file;
    private readonly Statement _read, _size, _span, _before, _after, _replace;

    public BatchRewriter(OutboxFile file)
    {
        _file = file;
        var db = file.Connection;
        _read = new(db, $"SELECT {BatchRow.Columns} FROM batch WHERE lane = ?1 AND sequence = ?2");
        _size = new(db, "SELECT length(payload) FROM batch WHERE lane = ?1 AND sequence = ?2");
        _span = new(db, """
            SELECT min(first), max(last), coalesce(sum(points), 0) FROM batch WHERE lane = ?1 AND sequence BETWEEN ?2 AND ?3
            """);
        // Of samples the last instant is inclusive, of a gap it is not.
        _before = new(db, """
            SELECT last + (points > 0) FROM batch WHERE lane = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT 1
            """);
        _after = new(db, "SELECT first FROM batch WHERE lane = ?1 AND sequence > ?2 ORDER BY sequence LIMIT 1");
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

    /// <summary>
    /// A gap with the batch's tags, time and count takes the place of its samples; gaps and clock steps that it told of stay. Returns the
    /// samples given up.
    /// </summary>
    public (OutboxState State, long Points) ReplaceByGap(OutboxState state, Lane lane, long sequence, string reason, long now)
    {
        if (Read(lane, sequence) is not { } row) return (Fill(state, lane, sequence, now), 0);
        var (block, points) = (row.Block, row.Block.PointCount);
        // One that the cloud could not decode may be one that cannot be decoded here either; its gap then names no tags.
        var decoded = block.Decode();
        uint[] tags = decoded is null ? [] : [.. decoded.Groups.SelectMany(g => g.Columns).Select(c => c.Tag).Distinct().Order()];
        var builder = new BlockBuilder();
        if (decoded is not null) builder.AddRemarks(decoded);
        builder.Add(new BlockGap(tags, block.From, block.To < long.MaxValue ? block.To + 1 : block.To, reason, (ulong)points));
        return (Replace(state, lane, sequence, row with { Block = builder.Encode() }), points);
    }

    /// <summary>
    /// As <see cref="ReplaceByGap"/>, for a batch whose catalogue nobody knows: under the catalogue in use, and without the numbers of
    /// tags, which mean nothing in it.
    /// </summary>
    public OutboxState Uncatalogue(OutboxState state, Lane lane, long sequence, long now)
    {
        (state, _) = ReplaceByGap(state, lane, sequence, "its catalogue is lost", now);
        if (Read(lane, sequence) is not { } row || row.Block.Decode() is not { } block) return state;
        var builder = new BlockBuilder();
        builder.AddRemarks(block with { Gaps = [.. block.Gaps.Select(g => g with { Tags = [] })] });
        return Replace(state, lane, sequence, row with { Catalogue = _file.Catalogue, Block = builder.Encode() });
    }

    /// <summary>Puts a gap in the place of a batch whose row is gone or damaged, so that the lane goes on.</summary>
    public OutboxState Fill(OutboxState state, Lane lane, long sequence, long now)
    {
        if (Read(lane, sequence) is not null) return state;
        var (before, after) = (_before.Number((long)lane, sequence), _after.Number((long)lane, sequence));
        var (a, b) = (before ?? after ?? now, after ?? before ?? now);
        var (from, to) = (Math.Min(a, b), Math.Max(a, b));
        var block = BlockOf(new([], from, to > from ? to : from + 1, "missing in the outbox", 0));
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
        foreach (var statement in (ReadOnlySpan<Statement>)[_read, _size, _span, _before, _after, _replace]) statement.Dispose();
    }

    private static OutboxState Grown(OutboxState state, Lane lane, long sequence, long bytes)
    {
        var s = state[lane];
        return state.With(lane, sequence > s.Acknowledged
            ? s with { PendingBytes = s.PendingBytes + bytes }
            : s with { KeptBytes = s.KeptBytes + bytes });
    }
}
