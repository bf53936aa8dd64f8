using System.Globalization;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using CsCheck;
using Google.Protobuf;
using ZstdSharp;

namespace AirIsland.Cloud.Tests.Wire;

/// <summary>Our own reader against what protoc makes of the contract.</summary>
public sealed class BlockReaderTests
{
    private static readonly Gen<long> Number = Gen.OneOf(Gen.Long[-70, 70], Gen.Long[-20_000, 20_000], Gen.Long);

    // One more or one fewer than fits, now and then.
    private static readonly Gen<int> Slip = Gen.Frequency((20, Gen.Const(0)), (1, Gen.Int[-1, 1]));

    private static readonly Gen<Column> Columns = Gen.Select(
        Gen.UInt[0, 400], Gen.Byte.Array[0, 3], Number.Array[0, 12], Gen.Select(Gen.UInt[0, 24], Gen.UInt[0, 12]).Array[0, 3])
        .Select((tag, present, delta, runs) => new Column
        {
            Tag = tag,
            Present = ByteString.CopyFrom(present),
            Delta = { delta },
            Qualities = { runs.Select(r => new QualityRun { Quality = r.Item1, Length = r.Item2 }) },
        });

    private static readonly Gen<Group> Groups =
        from rows in Gen.Int[1, 12]
        from width in Gen.Int[0, 5]
        from slip in Slip
        from table in Number.Array[Math.Max(0, (rows * width) + slip)]
        from tags in Gen.UInt[0, 300].Array[width]
        from t0 in Number
        from dt in Gen.OneOf(Gen.ULong[0, 3000], Gen.ULong).Array[rows - 1]
        from drift in Number.Array[rows - 1]
        from stepped in Gen.Bool
        from holes in Gen.UInt[0, 9].Array[0, 4]
        from columns in Columns.Array[0, 2]
        from stamp in Gen.Frequency(
            (4, Gen.Const((ClockStamp?)null)), (1, Number.Select(o => new ClockStamp { Boot = "b", OffsetMs = o })!))
        let times = stepped ? (Array.Empty<ulong>(), drift) : (dt, Array.Empty<long>())
        select Made(t0, times, new Group { TableTags = { tags }, Table = { table } }, columns, holes, stamp);

    private static readonly Gen<ColumnBlock> Blocks =
        from groups in Groups.Array[0, 4]
        from gaps in Gen.Select(Gen.UInt[0, 300].Array[0, 4], Number, Number, Gen.ULong).Array[0, 2]
        from fixes in Gen.Select(Number, Number).Array[0, 2]
        select new ColumnBlock
        {
            Groups = { groups },
            Gaps = { gaps.Select(g => new Gap { Tags = { g.Item1 }, From = g.Item2, To = g.Item3, Reason = "满了", Count = g.Item4 }) },
            ClockFixes = { fixes.Select(f => new ClockFix { Boot = "boot", OffsetMs = f.Item1, UptimeMs = f.Item2 }) },
        };

    [Fact]
    public void Any_block_is_read_as_the_contract_reads_it()
    {
        var (read, refused) = (0, 0);
        Blocks.Sample(
            block =>
            {
                var plain = block.ToByteArray();
                var (ours, theirs) = (Text(() => BlockReader.Read(plain, BlockEncoding.Plain)), Text(() => ContractReader.Read(plain)));
                Interlocked.Increment(ref ours is null ? ref refused : ref read);
                return ours == theirs;
            },
            iter: 20_000);
        Assert.True(read > 500 && refused > 500, $"{read} blocks were read and {refused} refused: one of both was not tried");
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_read_as_the_contract_reads_them() =>
        Gen.Select(Blocks, Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[1, 4], Gen.Int[0, 40]).Sample(
            (block, hits, cut) =>
            {
                var plain = block.ToByteArray();
                if (plain.Length == 0) return;
                foreach (var (at, value) in hits) plain[at % plain.Length] = value;
                plain = plain[..^Math.Min(plain.Length, cut > 4 ? 0 : cut)];
                var ours = Text(() => BlockReader.Read(plain, BlockEncoding.Plain));
                var theirs = Text(() => ContractReader.Read(plain));
                Assert.True(ours is null || ours == theirs, $"{Convert.ToHexString(plain)}\n{ours}\n{theirs}");
            },
            iter: 50_000);

    // Found by the test above.
    [Fact]
    public void A_tag_of_the_table_that_is_cut_off_is_refused()
    {
        var plain = new ColumnBlock { Groups = { new Group { TableTags = { 1, 2 }, Table = { 5 } } } }.ToByteArray();
        var (before, after) = ((byte[])[0x01, 0x02], (byte[])[0x01, 0x82]);
        after.CopyTo(plain, plain.AsSpan().IndexOf(before));

        Assert.Throws<InvalidDataException>(() => BlockReader.Read(plain, BlockEncoding.Plain));
    }

    [Fact]
    public void Damaged_frames_are_refused_or_read() =>
        Gen.Select(Blocks, Gen.Int[0, 10_000], Gen.Byte).Sample(
            (block, at, value) =>
            {
                using var compressor = new Compressor();
                var frame = compressor.Wrap(block.ToByteArray()).ToArray();
                frame[at % frame.Length] = value;
                _ = Text(() => BlockReader.Read(frame, BlockEncoding.Zstd));
                return true;
            },
            iter: 20_000);

    [Fact]
    public void Jitter_and_single_holes_take_little_and_come_back()
    {
        var (random, builder, wanted) = (new Random(5), new BlockBuilder(), new List<string>());
        for (var row = 0; row < 40; row++)
        {
            for (uint tag = 0; tag < 250; tag++)
            {
                if (random.Next(100) == 0) continue;
                var (at, count) = (1_750_000_000_000 + (row * 1000) + (row * 7 % 11), 7000 + (tag * 3) + random.Next(3));
                builder.Add("g", at, tag, count, 0);
                wanted.Add($"{at} {tag} {count}");
            }
        }

        var encoded = builder.Encode();
        var block = BlockReader.Read(encoded.Payload, encoded.Encoding);

        var read = from g in block.Groups
                   from c in g.Columns
                   from i in Enumerable.Range(0, c.Rows.Length)
                   select $"{g.Instants[c.Rows[i]]} {c.Tag} {c.Counts[i]}";
        Assert.Equal(wanted.Order(), read.Order());
        Assert.Equal(wanted.Count, block.PointCount);
        // A hole is no point.
        BlockReader.Visit(encoded.Payload, encoded.Encoding, new Ignore(), mostPoints: wanted.Count);
        // Two bits and a bit for each value; with a frame for each column that misses one it is half as much again.
        Assert.InRange((double)encoded.Payload.Length / wanted.Count, 0, 0.40);
    }

    [Fact]
    public void A_payload_that_unfolds_without_end_is_refused_before_it_takes_memory()
    {
        using var compressor = new Compressor();
        var bomb = compressor.Wrap(new byte[64 << 20]).ToArray();

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var refused = Assert.Throws<InvalidDataException>(() => BlockReader.Read(bomb, BlockEncoding.Zstd));

        Assert.Contains("unfolds to 67108864 bytes, limit 33554432", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4 << 20);
    }

    // Two bytes of quality run are two hundred thousand Bad samples; ten thousand such columns are a bomb of 50 KB.
    [Fact]
    public void Columns_without_deltas_are_held_to_the_points_that_were_said()
    {
        var group = new Group { Dt = { Enumerable.Repeat(0ul, 199_999) } };
        for (uint tag = 0; tag < 10_000; tag++)
            group.Columns.Add(new Column { Tag = tag, Qualities = { new QualityRun { Quality = 22, Length = 200_000 } } });
        var bomb = new ColumnBlock { Groups = { group } }.ToByteArray();

        var refused = Assert.Throws<InvalidDataException>(
            () => BlockReader.Visit(bomb, BlockEncoding.Plain, new Ignore(), mostPoints: 300_000));

        Assert.Contains("more than 300000 points", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => BlockReader.Read(bomb, BlockEncoding.Plain));
    }

    private static Group Made(
        long t0, (ulong[] Dt, long[] Drift) times, Group group, Column[] columns, uint[] holes, ClockStamp? stamp)
    {
        (group.Id, group.T0, group.Step, group.Stamp) = ("组", t0, times.Drift.Length > 0 ? 1000ul : 0, stamp);
        group.Dt.Add(times.Dt);
        group.Drift.Add(times.Drift);
        group.Columns.Add(columns);
        group.Holes.Add(holes);
        return group;
    }

    /// <summary>Everything that is in a block; null when it is refused.</summary>
    private static string? Text(Func<DecodedBlock> read)
    {
        try
        {
            var block = read();
            return string.Join('\n', block.Groups.Select(g =>
                string.Create(CultureInfo.InvariantCulture, $"{g.Id} {g.Stamp} {string.Join(',', g.Instants)}: ")
                + string.Join(' ', g.Columns.Select(c =>
                    $"[{c.Tag} {string.Join(',', c.Rows)} {string.Join(',', c.Counts)} {Convert.ToHexString(c.Qualities)}]"))))
                + string.Join('\n', block.Gaps.Select(g => $"{string.Join(',', g.Tags)} {g.From} {g.To} {g.Reason} {g.Count}"))
                + string.Join('\n', block.ClockFixes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private sealed class Ignore : IBlockVisitor
    {
        public void Group(string id, ReadOnlySpan<long> instants, BlockStamp? stamp)
        {
        }

        public void Column(uint tag, ReadOnlySpan<int> rows, ReadOnlySpan<long> counts, ReadOnlySpan<byte> qualities)
        {
        }

        public void Gap(BlockGap gap)
        {
        }

        public void ClockFix(BlockClockFix fix)
        {
        }
    }
}
