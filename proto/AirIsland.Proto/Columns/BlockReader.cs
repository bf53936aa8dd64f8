using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;

namespace AirIsland.Proto.Columns;

/// <summary>Decodes and checks column blocks. Bytes from outside are never trusted: every length is held against a limit first.</summary>
public static class BlockReader
{
    /// <summary>Most rows a group may have.</summary>
    public const int MaxRows = 200_000;

    /// <exception cref="InvalidDataException">The bytes are no column block; the message says what is wrong.</exception>
    public static DecodedBlock Read(ReadOnlySpan<byte> payload, BlockEncoding encoding)
    {
        ColumnBlock block;
        try
        {
            block = ColumnBlock.Parser.ParseFrom(BlockCompression.Decompress(payload, encoding));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"payload is no ColumnBlock: {e.Message}", e);
        }
        return new(
            [.. block.Groups.Select(Read)],
            [.. block.Gaps.Select(g => new BlockGap([.. g.Tags], g.From, g.To, g.Reason, g.Count))],
            [.. block.ClockFixes.Select(f => new BlockClockFix(f.Boot, f.OffsetMs, f.UptimeMs))]);
    }

    private static BlockGroup Read(Group group)
    {
        if (group.Dt.Count >= MaxRows) throw new InvalidDataException($"group '{group.Id}' has {group.Dt.Count + 1} rows, limit {MaxRows}");
        var instants = new long[group.Dt.Count + 1];
        instants[0] = group.T0;
        for (var i = 1; i < instants.Length; i++)
        {
            var next = instants[i - 1] + (long)group.Dt[i - 1];
            if (next < instants[i - 1]) throw new InvalidDataException($"group '{group.Id}': time overflows at row {i}");
            instants[i] = next;
        }
        var columns = ReadTable(group, instants.Length);
        foreach (var column in group.Columns) columns.Add(Read(group.Id, column, instants.Length));
        return new(group.Id, instants, columns, group.Stamp is { } s ? new(s.Boot, s.OffsetMs) : null);
    }

    private static List<BlockColumn> ReadTable(Group group, int rowCount)
    {
        var (tags, width) = (group.TableTags, group.TableTags.Count);
        if (group.Table.Count != (long)width * rowCount)
            throw new InvalidDataException($"group '{group.Id}': {group.Table.Count} counts are no table of {width} by {rowCount}");
        var columns = new List<BlockColumn>(width + group.Columns.Count);
        if (width == 0) return columns;
        // All of them have the same rows and are as good: they share the arrays, which nobody writes to.
        var (rows, qualities, tag, next) = (EveryRow(rowCount), new byte[rowCount], 0u, width);
        for (var c = 0; c < width; c++)
        {
            tag = unchecked(tag + tags[c]);
            var counts = new long[rowCount];
            var value = counts[0] = group.Table[c];
            for (var i = 1; i < rowCount; i++) counts[i] = value = unchecked(value + group.Table[next++]);
            columns.Add(new(tag, rows, counts, qualities));
        }
        return columns;
    }

    private static int[] EveryRow(int count)
    {
        var rows = new int[count];
        for (var i = 0; i < count; i++) rows[i] = i;
        return rows;
    }

    private static BlockColumn Read(string group, Column column, int rowCount)
    {
        var rows = Rows(group, column, rowCount);
        var qualities = Qualities(group, column, rows.Length);
        var counts = new long[rows.Length];
        var (value, next) = (0L, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            if ((qualities[i] & 3) == 2) continue;
            if (next == column.Delta.Count) throw Wrong(group, column, $"{column.Delta.Count} deltas are too few");
            counts[i] = value = unchecked(value + column.Delta[next++]);
        }
        return next == column.Delta.Count ? new(column.Tag, rows, counts, qualities) : throw Wrong(group, column, "more deltas than rows");
    }

    private static int[] Rows(string group, Column column, int rowCount)
    {
        if (column.Present.IsEmpty) return EveryRow(rowCount);
        if (column.Present.Length != (rowCount + 7) / 8) throw Wrong(group, column, "the present bitmap has another length than the rows");
        var rows = new List<int>(rowCount);
        for (var i = 0; i < rowCount; i++)
        {
            if ((column.Present[i >> 3] & (1 << (i & 7))) != 0) rows.Add(i);
        }
        return [.. rows];
    }

    private static byte[] Qualities(string group, Column column, int length)
    {
        var qualities = new byte[length];
        if (column.Qualities.Count == 0) return qualities;
        var at = 0;
        foreach (var run in column.Qualities)
        {
            if (run.Quality > byte.MaxValue || (run.Quality & 3) == 3) throw Wrong(group, column, $"{run.Quality} is no quality code");
            if (run.Length > length - at) throw Wrong(group, column, "quality runs are longer than the rows");
            qualities.AsSpan(at, (int)run.Length).Fill((byte)run.Quality);
            at += (int)run.Length;
        }
        return at == length ? qualities : throw Wrong(group, column, "quality runs are shorter than the rows");
    }

    private static InvalidDataException Wrong(string group, Column column, string what) =>
        new($"group '{group}', tag {column.Tag}: {what}");
}
