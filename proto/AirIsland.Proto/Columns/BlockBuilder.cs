using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;

namespace AirIsland.Proto.Columns;

/// <summary>
/// Collects scans and encodes them as one column block. Scans of a group must come in ascending time; a group is one vector of
/// instants shared by its tags; what a doubted clock stamped is a group of its own. Not thread-safe.
/// </summary>
public sealed class BlockBuilder
{
    private readonly Dictionary<(string Id, BlockStamp? Stamp), GroupBuilder> _groups = [];
    private readonly List<BlockGap> _gaps = [];
    private readonly List<BlockClockFix> _clockFixes = [];

    /// <summary>Samples added so far.</summary>
    public int PointCount { get; private set; }

    public bool IsEmpty => PointCount == 0 && _gaps.Count == 0;

    /// <summary>First instant, ms since 1970 UTC; meaningless while empty.</summary>
    public long From { get; private set; } = long.MaxValue;

    /// <summary>Last instant, inclusive.</summary>
    public long To { get; private set; } = long.MinValue;

    /// <summary>Whether the group keeps ascending when that one follows it.</summary>
    public bool Accepts(BlockGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return !_groups.TryGetValue((group.Id, group.Stamp), out var g) || g.Last <= group.Instants[0];
    }

    /// <summary>Adds one sample. <paramref name="count"/> is null exactly when the quality code says Bad.</summary>
    /// <exception cref="ArgumentException">The group's time would run backwards, or count and quality contradict each other.</exception>
    public void Add(string group, long instant, uint tag, long? count, byte quality, BlockStamp? stamp = null)
    {
        if (count is null != ((quality & 3) == 2))
            throw new ArgumentException("a Bad sample has no count, any other has one", nameof(count));
        if (!_groups.TryGetValue((group, stamp), out var builder)) _groups.Add((group, stamp), builder = new GroupBuilder());
        builder.Add(instant, tag, count, quality);
        PointCount++;
        Include(instant, instant);
    }

    public void Add(BlockGap gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        _gaps.Add(gap);
        Include(gap.From, gap.To);
    }

    /// <summary>It says something of the clock and nothing of the block's own span.</summary>
    public void Add(BlockClockFix fix)
    {
        ArgumentNullException.ThrowIfNull(fix);
        _clockFixes.Add(fix);
    }

    /// <summary>
    /// Adds the samples of a group that <paramref name="keep"/> wants, asked by tag and instant; returns how many it left out.
    /// </summary>
    public int Add(BlockGroup group, Func<uint, long, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(keep);
        var (left, next) = (0, new int[group.Columns.Count]);
        for (var row = 0; row < group.Instants.Length; row++)
        {
            for (var c = 0; c < next.Length; c++)
            {
                var (column, i) = (group.Columns[c], next[c]);
                if (i == column.Rows.Length || column.Rows[i] != row) continue;
                next[c]++;
                var (instant, count) = (group.Instants[row], column.HasValue(i) ? column.Counts[i] : (long?)null);
                if (!keep(column.Tag, instant)) left++;
                else Add(group.Id, instant, column.Tag, count, column.Qualities[i], group.Stamp);
            }
        }
        return left;
    }

    /// <summary>The block as bytes: compressed where that pays.</summary>
    public EncodedBlock Encode()
    {
        var block = new ColumnBlock();
        foreach (var (key, group) in _groups.OrderBy(g => g.Key.Id, StringComparer.Ordinal))
            block.Groups.Add(group.Build(key.Id, key.Stamp));
        foreach (var gap in _gaps)
        {
            var message = new Gap { From = gap.From, To = gap.To, Reason = gap.Reason, Count = gap.Count };
            message.Tags.AddRange(gap.Tags);
            block.Gaps.Add(message);
        }
        foreach (var fix in _clockFixes)
            block.ClockFixes.Add(new ClockFix { Boot = fix.Boot, OffsetMs = fix.OffsetMs, UptimeMs = fix.UptimeMs });
        var (payload, encoding) = BlockCompression.Compress(block.ToByteArray());
        return new(payload, encoding, Checksum.Crc32C(payload), PointCount, From, To);
    }

    private void Include(long from, long to)
    {
        From = Math.Min(From, from);
        To = Math.Max(To, to);
    }
}
