using System.Collections;
using System.Numerics;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;

namespace AirIsland.Proto.Columns;

/// <summary>The instants of one scan group and, per tag, which rows are present.</summary>
internal sealed class GroupBuilder
{
    private readonly List<long> _instants = [];
    private readonly SortedDictionary<uint, ColumnBuilder> _columns = [];

    public long Last => _instants.Count == 0 ? long.MinValue : _instants[^1];

    public void Add(long instant, uint tag, long? count, byte quality)
    {
        if (instant < Last) throw new ArgumentException($"instant {instant} is before the group's last, {Last}", nameof(instant));
        if (!_columns.TryGetValue(tag, out var column)) _columns.Add(tag, column = new ColumnBuilder());
        // A second sample of one tag at one instant opens a second row with the same instant.
        if (instant > Last || column.LastRow == _instants.Count - 1) _instants.Add(instant);
        column.Add(_instants.Count - 1, count, quality);
    }

    public Group Build(string id, BlockStamp? stamp)
    {
        var group = new Group { Id = id, T0 = _instants[0] };
        if (stamp is not null) group.Stamp = new ClockStamp { Boot = stamp.Boot, OffsetMs = stamp.OffsetMs };
        AddInstants(group);
        var table = new List<ColumnBuilder>();
        var last = 0u;
        foreach (var (tag, column) in _columns)
        {
            if (!column.IsTabular(_instants.Count))
            {
                group.Columns.Add(column.Build(tag, _instants.Count));
                continue;
            }
            table.Add(column);
            group.TableTags.Add(tag - last);
            last = tag;
        }
        foreach (var column in table) group.Table.Add(column.Deltas[0]);
        var (place, hole) = (0, 0);
        foreach (var column in table)
        {
            column.AddTo(group, place, ref hole, _instants.Count);
            place += _instants.Count;
        }
        return group;
    }

    /// <summary>As steps with what each was off by, when that is shorter: a scan's jitter takes a byte, its distance two.</summary>
    private void AddInstants(Group group)
    {
        long[] distances = [.. _instants.Skip(1).Zip(_instants, (next, at) => next - at)];
        var step = distances.Length == 0 ? 0 : distances.Order().ElementAt(distances.Length / 2);
        if (distances.Sum(d => Size((ulong)d)) > distances.Sum(d => Size(ZigZag(d - step))) + Size((ulong)step) + 1)
        {
            group.Step = (ulong)step;
            foreach (var distance in distances) group.Drift.Add(distance - step);
            return;
        }
        foreach (var distance in distances) group.Dt.Add((ulong)distance);
    }

    private static int Size(ulong varint) => (BitOperations.Log2(varint | 1) / 7) + 1;

    private static ulong ZigZag(long number) => (ulong)((number << 1) ^ (number >> 63));

    private sealed class ColumnBuilder
    {
        private readonly List<int> _rows = [];
        private readonly List<long> _deltas = [];
        private readonly List<byte> _qualities = [];
        private long _last;
        private bool _isDoubted;

        /// <summary>The first count, then the difference to the one before.</summary>
        public List<long> Deltas => _deltas;

        public int LastRow => _rows.Count == 0 ? -1 : _rows[^1];

        public void Add(int row, long? count, byte quality)
        {
            _rows.Add(row);
            _qualities.Add(quality);
            _isDoubted |= quality != 0;
            if (count is not { } value) return;
            _deltas.Add(unchecked(value - _last));
            _last = value;
        }

        /// <summary>Good values only, and so few rows without one that to name them is shorter than a column of its own.</summary>
        public bool IsTabular(int rows) => !_isDoubted && (rows - _rows.Count) * 3 < 8 + (rows / 8);

        /// <summary>Adds the differences after the first row, and the rows without a value as holes of the table.</summary>
        public void AddTo(Group group, int place, ref int hole, int rows)
        {
            for (var (row, next) = (0, 0); row < rows; row++)
            {
                var isThere = next < _rows.Count && _rows[next] == row;
                // The first value stands in the first row, wherever it is.
                if (row > 0) group.Table.Add(isThere && next > 0 ? _deltas[next] : 0);
                if (isThere)
                {
                    next++;
                    continue;
                }
                group.Holes.Add((uint)(place + row - hole));
                hole = place + row;
            }
        }

        public Column Build(uint tag, int rows)
        {
            var column = new Column { Tag = tag };
            if (_rows.Count < rows) column.Present = Bitmap(rows);
            column.Delta.AddRange(_deltas);
            if (_isDoubted) AddQualities(column);
            return column;
        }

        private ByteString Bitmap(int rows)
        {
            var bits = new BitArray(rows);
            foreach (var row in _rows) bits[row] = true;
            var bytes = new byte[(rows + 7) / 8];
            bits.CopyTo(bytes, 0);
            return UnsafeByteOperations.UnsafeWrap(bytes);
        }

        private void AddQualities(Column column)
        {
            for (int i = 0, run; i < _qualities.Count; i += run)
            {
                for (run = 1; i + run < _qualities.Count && _qualities[i + run] == _qualities[i];) run++;
                column.Qualities.Add(new QualityRun { Quality = _qualities[i], Length = (uint)run });
            }
        }
    }
}
