using System.Buffers;

namespace AirIsland.Proto.Columns;

/// <summary>
/// Reads the groups of one block, one after the other, and shows them to a visitor. Its buffers are rented for the block; a column is
/// decoded into the same ones as the column before.
/// </summary>
internal sealed class GroupReader(IBlockVisitor visitor, int mostPoints) : IDisposable
{
    private readonly Rented<long> _instants = new();
    private readonly Rented<long> _counts = new();
    private readonly Rented<long> _first = new();
    private readonly Rented<int> _everyRow = new();
    private readonly Rented<int> _rows = new();
    // As many as _everyRow, all zero.
    private readonly Rented<byte> _good = new();
    private readonly Rented<byte> _qualities = new();
    private int _rowsSeen;
    private int _pointsSeen;

    public void Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new GroupFields(bytes);
        var instants = Instants(fields);
        visitor.Group(fields.Id, instants, fields.Stamp);
        if (_everyRow.Length != instants.Length)
        {
            var every = _everyRow.Take(instants.Length);
            for (var i = 0; i < every.Length; i++) every[i] = i;
            _good.Take(instants.Length).Clear();
        }
        Table(fields, instants.Length);
        if (!fields.HasColumns) return;
        for (var reader = new WireReader(bytes); !reader.IsAtEnd;)
        {
            var (field, type) = reader.Tag();
            if (field == GroupFields.Columns) Column(fields.Id, reader.Bytes(), instants.Length);
            else reader.Skip(type);
        }
    }

    public void Dispose()
    {
        _instants.Dispose();
        _counts.Dispose();
        _first.Dispose();
        _everyRow.Dispose();
        _rows.Dispose();
        _good.Dispose();
        _qualities.Dispose();
    }

    private Span<long> Instants(in GroupFields fields)
    {
        var stepped = fields.Drift.Length > 0;
        if (stepped && fields.Dt.Length > 0) throw new InvalidDataException($"group '{fields.Id}' has its instants in two ways");
        var packed = stepped ? fields.Drift : fields.Dt;
        var count = WireReader.Count(packed) + 1;
        if (count > BlockReader.MaxRows)
            throw new InvalidDataException($"group '{fields.Id}' has {count} rows, limit {BlockReader.MaxRows}");
        if ((_rowsSeen += count) > mostPoints) throw new InvalidDataException($"it has more than {mostPoints} rows");
        var instants = _instants.Take(count);
        var reader = new WireReader(packed);
        var last = instants[0] = fields.T0;
        for (var i = 1; i < instants.Length; i++)
        {
            var next = stepped ? Stepped(last, fields.Step, reader.ZigZag()) : unchecked(last + (long)reader.Varint());
            if (next < last) throw new InvalidDataException($"group '{fields.Id}': time overflows at row {i}");
            instants[i] = last = next;
        }
        return reader.IsAtEnd ? instants : throw new InvalidDataException($"group '{fields.Id}': a number is cut off");
    }

    // Backwards, which is refused, when the sum overflows.
    private static long Stepped(long last, ulong step, long drift)
    {
        var next = (Int128)last + step + drift;
        return next <= long.MaxValue && next >= long.MinValue ? (long)next : long.MinValue;
    }

    private void Table(in GroupFields fields, int rowCount)
    {
        var width = WireReader.Count(fields.TableTags);
        var reader = new WireReader(fields.Table);
        // No number has less than a byte: what cannot be a rectangle takes no memory.
        if ((long)width * rowCount > reader.Left) throw NoTable(fields, width, rowCount);
        Spend(Math.Max(0, ((long)width * rowCount) - WireReader.Count(fields.Holes)));
        var first = _first.Take(width);
        var counts = _counts.Take(rowCount);
        foreach (ref var count in first) count = reader.ZigZag();
        var tags = new WireReader(fields.TableTags);
        var holes = new HoleReader(fields);
        var tag = 0u;
        for (var c = 0; c < width; c++)
        {
            tag = unchecked(tag + (uint)tags.Varint());
            var value = counts[0] = first[c];
            for (var i = 1; i < counts.Length; i++)
            {
                if (reader.IsAtEnd) throw NoTable(fields, width, rowCount);
                counts[i] = value = unchecked(value + reader.ZigZag());
            }
            if (holes.IsIn((c + 1L) * rowCount)) Punched(tag, ref holes, c, counts);
            else visitor.Column(tag, _everyRow.Span, counts, _good.Span);
        }
        if (!reader.IsAtEnd || !tags.IsAtEnd) throw NoTable(fields, width, rowCount);
        holes.End(fields.Id);
    }

    private void Punched(uint tag, ref HoleReader holes, int column, Span<long> counts)
    {
        var rows = _rows.Take(counts.Length);
        var at = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (holes.Take(((long)column * counts.Length) + i)) continue;
            (rows[at], counts[at]) = (i, counts[i]);
            at++;
        }
        visitor.Column(tag, rows[..at], counts[..at], _good.Span[..at]);
    }

    private void Column(string group, ReadOnlySpan<byte> bytes, int rowCount)
    {
        var fields = new ColumnFields(group, bytes);
        var rows = Rows(fields, rowCount);
        Spend(rows.Length);
        ReadOnlySpan<byte> qualities = fields.Qualities == 0 ? _good.Span[..rows.Length] : Qualities(fields, bytes, rows.Length);
        var counts = _counts.Take(rows.Length);
        var reader = new WireReader(fields.Delta);
        var value = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = 0;
            if ((qualities[i] & 3) == 2) continue;
            if (reader.IsAtEnd) throw fields.Wrong($"{WireReader.Count(fields.Delta)} deltas are too few");
            counts[i] = value = unchecked(value + reader.ZigZag());
        }
        if (!reader.IsAtEnd) throw fields.Wrong("more deltas than rows");
        visitor.Column(fields.Tag, rows, counts, qualities);
    }

    private ReadOnlySpan<int> Rows(in ColumnFields fields, int rowCount)
    {
        if (fields.Present.IsEmpty) return _everyRow.Span;
        if (fields.Present.Length != (rowCount + 7) / 8) throw fields.Wrong("the present bitmap has another length than the rows");
        var rows = _rows.Take(rowCount);
        var at = 0;
        for (var i = 0; i < rowCount; i++)
        {
            if ((fields.Present[i >> 3] & (1 << (i & 7))) != 0) rows[at++] = i;
        }
        return rows[..at];
    }

    private Span<byte> Qualities(in ColumnFields fields, ReadOnlySpan<byte> bytes, int length)
    {
        var qualities = _qualities.Take(length);
        var at = 0;
        for (var reader = new WireReader(bytes); !reader.IsAtEnd;)
        {
            var (field, type) = reader.Tag();
            if (field != ColumnFields.QualityRuns)
            {
                reader.Skip(type);
                continue;
            }
            var (quality, run) = ColumnFields.Run(reader.Bytes());
            if (quality > byte.MaxValue || (quality & 3) == 3) throw fields.Wrong($"{quality} is no quality code");
            if (run > length - at) throw fields.Wrong("quality runs are longer than the rows");
            qualities.Slice(at, (int)run).Fill((byte)quality);
            at += (int)run;
        }
        return at == length ? qualities : throw fields.Wrong("quality runs are shorter than the rows");
    }

    private void Spend(long points)
    {
        if (points > mostPoints - _pointsSeen) throw new InvalidDataException($"it has more than {mostPoints} points");
        _pointsSeen += (int)points;
    }

    private static InvalidDataException NoTable(in GroupFields fields, int width, int rows) =>
        new($"group '{fields.Id}': {WireReader.Count(fields.Table)} counts are no table of {width} by {rows}");

    /// <summary>A buffer of the pool that grows as it is asked to.</summary>
    private sealed class Rented<T> : IDisposable
    {
        private T[] _array = [];

        public int Length { get; private set; }

        public Span<T> Span => _array.AsSpan(0, Length);

        public Span<T> Take(int length)
        {
            if (_array.Length < length)
            {
                Dispose();
                _array = ArrayPool<T>.Shared.Rent(length);
            }
            Length = length;
            return Span;
        }

        public void Dispose()
        {
            if (_array.Length > 0) ArrayPool<T>.Shared.Return(_array);
            _array = [];
        }
    }
}
