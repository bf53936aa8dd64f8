using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;

namespace AirIsland.Cloud.Tests.Wire;

/// <summary>Reads a plain block with the code that protoc made of the contract, sample by sample; slow, and in another way.</summary>
internal static class ContractReader
{
    public static DecodedBlock Read(byte[] plain)
    {
        ColumnBlock block;
        try
        {
            block = ColumnBlock.Parser.ParseFrom(plain);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
        return new(
            [.. block.Groups.Select(Read)],
            [.. block.Gaps.Select(g => new BlockGap([.. g.Tags], g.From, g.To, g.Reason, g.Count))],
            [.. block.ClockFixes.Select(f => new BlockClockFix(f.Boot, f.OffsetMs, f.UptimeMs))]);
    }

    private static BlockGroup Read(Group group)
    {
        if (group.Drift.Count > 0 && group.Dt.Count > 0) throw new InvalidDataException("two ways");
        var instants = new List<long> { group.T0 };
        foreach (var dt in group.Dt) instants.Add(unchecked(instants[^1] + (long)dt));
        foreach (var drift in group.Drift)
        {
            var next = (Int128)instants[^1] + group.Step + drift;
            instants.Add(next > long.MaxValue || next < long.MinValue ? throw new InvalidDataException("overflow") : (long)next);
        }
        for (var i = 1; i < instants.Count; i++)
            if (instants[i] < instants[i - 1]) throw new InvalidDataException("backwards");
        if (instants.Count > BlockReader.MaxRows) throw new InvalidDataException("rows");
        var columns = Table(group, instants.Count).Concat(group.Columns.Select(c => Read(c, instants.Count))).ToList();
        return new(group.Id, [.. instants], columns, group.Stamp is { } s ? new(s.Boot, s.OffsetMs) : null);
    }

    private static List<BlockColumn> Table(Group group, int rowCount)
    {
        var width = group.TableTags.Count;
        if (group.Table.Count != (long)width * rowCount) throw new InvalidDataException("rectangle");
        var holes = new HashSet<long>();
        var place = 0L;
        for (var i = 0; i < group.Holes.Count; i++)
        {
            place += group.Holes[i];
            if (!holes.Add(place)) throw new InvalidDataException("hole twice");
        }
        if (holes.Any(h => h >= (long)width * rowCount)) throw new InvalidDataException("outside");
        var (columns, tag) = (new List<BlockColumn>(), 0u);
        for (var c = 0; c < width; c++)
        {
            tag = unchecked(tag + group.TableTags[c]);
            var value = 0L;
            var (rows, counts) = (new List<int>(), new List<long>());
            for (var r = 0; r < rowCount; r++)
            {
                value = unchecked(value + (r == 0 ? group.Table[c] : group.Table[width + (c * (rowCount - 1)) + r - 1]));
                if (holes.Contains(((long)c * rowCount) + r)) continue;
                rows.Add(r);
                counts.Add(value);
            }
            columns.Add(new(tag, [.. rows], [.. counts], new byte[rows.Count]));
        }
        return columns;
    }

    private static BlockColumn Read(Column column, int rowCount)
    {
        if (!column.Present.IsEmpty && column.Present.Length != (rowCount + 7) / 8) throw new InvalidDataException("bitmap");
        int[] rows = [.. Enumerable.Range(0, rowCount).Where(r => column.Present.IsEmpty || (column.Present[r / 8] >> (r % 8) & 1) == 1)];
        if (column.Qualities.Aggregate(0ul, (sum, run) => sum + run.Length) is var length && column.Qualities.Count > 0
            && length != (ulong)rows.Length) throw new InvalidDataException("runs");
        if (column.Qualities.Any(q => q.Quality > 255 || (q.Quality & 3) == 3)) throw new InvalidDataException("code");
        byte[] qualities = column.Qualities.Count == 0
            ? new byte[rows.Length]
            : [.. column.Qualities.SelectMany(run => Enumerable.Repeat((byte)run.Quality, (int)run.Length))];
        var deltas = new Queue<long>(column.Delta);
        var (counts, value) = (new long[rows.Length], 0L);
        for (var i = 0; i < rows.Length; i++)
        {
            if ((qualities[i] & 3) == 2) continue;
            if (!deltas.TryDequeue(out var delta)) throw new InvalidDataException("deltas");
            counts[i] = value = unchecked(value + delta);
        }
        return deltas.Count == 0 ? new(column.Tag, rows, counts, qualities) : throw new InvalidDataException("deltas");
    }
}
