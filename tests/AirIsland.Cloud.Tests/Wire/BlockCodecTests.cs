using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using CsCheck;
using Google.Protobuf;

namespace AirIsland.Cloud.Tests.Wire;

public sealed class BlockCodecTests
{
    private static readonly Gen<Point[]> Points = Gen.Select(
        Gen.Int[0, 3], Gen.Long[0, 2000], Gen.UInt[0, 5], Gen.Long, Gen.OneOf(Gen.Const((byte)0), Gen.Const((byte)5), Gen.Const((byte)22)))
        .Select((group, step, tag, count, quality) => new Point($"g{group}", step, tag, (quality & 3) == 2 ? null : count, quality))
        .Array[0, 200];

    [Fact]
    public void What_is_encoded_comes_back_sample_for_sample() => Points.Sample(points =>
    {
        var builder = new BlockBuilder();
        var (added, last) = (new List<(string, long, uint, long?, byte)>(), new Dictionary<string, long>());
        foreach (var p in points)
        {
            var at = last[p.Group] = last.GetValueOrDefault(p.Group, 1_700_000_000_000) + p.Step;
            builder.Add(p.Group, at, p.Tag, p.Count, p.Quality);
            added.Add((p.Group, at, p.Tag, p.Count, p.Quality));
        }

        var encoded = builder.Encode();
        var read = Flatten(BlockReader.Read(encoded.Payload, encoded.Encoding));

        return encoded.PointCount == points.Length
            && encoded.Crc32C == Checksum.Crc32C(encoded.Payload)
            && read.Order().SequenceEqual(added.Order());
    });

    [Fact]
    public void A_gap_comes_back()
    {
        var builder = new BlockBuilder();
        builder.Add(new BlockGap([3, 4], 1000, 5000, "outbox full", 17));

        var block = builder.Encode();
        var gap = Assert.Single(BlockReader.Read(block.Payload, block.Encoding).Gaps);

        Assert.Equal((2, 1000L, 5000L, "outbox full", 17ul), (gap.Tags.Count, gap.From, gap.To, gap.Reason, gap.Count));
    }

    [Fact]
    public void Large_blocks_are_compressed_and_small_ones_are_not()
    {
        Assert.Equal(BlockEncoding.Plain, Encode(10).Encoding);
        var large = Encode(2000);
        Assert.Equal(BlockEncoding.Zstd, large.Encoding);
        Assert.InRange(large.Payload.Length, 1, 2000);
    }

    [Fact]
    public void A_scan_of_a_station_costs_less_than_its_frames_would()
    {
        var builder = new BlockBuilder();
        for (var row = 0; row < 2; row++)
            for (uint tag = 0; tag < 250; tag++) builder.Add("g", 1_700_000_000_000 + (row * 1000), tag, 7000 + (tag * 31 % 977), 0);

        Assert.InRange(builder.Encode().Payload.Length, 1, 1250);
    }

    [Fact]
    public void Columns_written_one_by_one_are_read_as_before()
    {
        var group = new Group { Id = "g", T0 = 1000, Dt = { 10 } };
        group.Columns.Add(new Column { Tag = 4, Delta = { 7, 1 } });
        group.TableTags.Add(9u);
        group.Table.Add([100, -1]);

        var read = Flatten(BlockReader.Read(new ColumnBlock { Groups = { group } }.ToByteArray(), BlockEncoding.Plain));

        (string, long, uint, long?, byte)[] wanted =
            [("g", 1000, 4, 7, 0), ("g", 1000, 9, 100, 0), ("g", 1010, 4, 8, 0), ("g", 1010, 9, 99, 0)];
        Assert.Equal(wanted, read.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_table_that_is_no_rectangle_is_refused(int counts)
    {
        var group = new Group { Id = "g", T0 = 1000, Dt = { 10 }, TableTags = { 9u } };
        group.Table.Add(Enumerable.Repeat(5L, counts));
        var payload = new ColumnBlock { Groups = { group } }.ToByteArray();

        var refused = Assert.Throws<InvalidDataException>(() => BlockReader.Read(payload, BlockEncoding.Plain));

        Assert.Contains("no table of 1 by 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_with_a_count_is_not_bad_and_a_bad_one_has_none()
    {
        var builder = new BlockBuilder();

        Assert.Throws<ArgumentException>(() => builder.Add("g", 1, 0, null, 0));
        Assert.Throws<ArgumentException>(() => builder.Add("g", 1, 0, 5, 22));
    }

    [Fact]
    public void Time_of_a_group_never_runs_backwards()
    {
        var builder = new BlockBuilder();
        builder.Add("g", 10, 0, 1, 0);

        Assert.Throws<ArgumentException>(() => builder.Add("g", 9, 0, 1, 0));
        Assert.False(builder.Accepts(new BlockGroup("g", [9], [])));
        Assert.True(builder.Accepts(new BlockGroup("other", [9], [])));
    }

    [Fact]
    public void Every_cut_and_every_flipped_bit_is_refused_or_decodes_to_something_bounded()
    {
        var block = Encode(400);
        for (var length = 0; length < block.Payload.Length; length++) Survives(block.Payload.AsSpan(0, length).ToArray(), block.Encoding);
        for (var bit = 0; bit < block.Payload.Length * 8; bit++)
        {
            var broken = block.Payload.ToArray();
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(block.Crc32C, Checksum.Crc32C(broken));
            Survives(broken, block.Encoding);
        }
    }

    [Fact]
    public void Checksum_is_the_published_one() => Assert.Equal(0xE3069283u, Checksum.Crc32C("123456789"u8));

    private static void Survives(byte[] payload, BlockEncoding encoding)
    {
        try
        {
            Assert.InRange(BlockReader.Read(payload, encoding).PointCount, 0, 1_000_000);
        }
        catch (InvalidDataException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static EncodedBlock Encode(int rows)
    {
        var builder = new BlockBuilder();
        for (var i = 0; i < rows; i++) builder.Add("g", 1_700_000_000_000 + (i * 1000), 1, 700 + (i % 7), 0);
        return builder.Encode();
    }

    private static IEnumerable<(string, long, uint, long?, byte)> Flatten(DecodedBlock block) =>
        from @group in block.Groups
        from column in @group.Columns
        from i in Enumerable.Range(0, column.Rows.Length)
        let count = column.HasValue(i) ? column.Counts[i] : (long?)null
        select (@group.Id, @group.Instants[column.Rows[i]], column.Tag, count, column.Qualities[i]);

    private sealed record Point(string Group, long Step, uint Tag, long? Count, byte Quality);
}
