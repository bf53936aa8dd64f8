using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Modbus;

public class BlockPlannerTests
{
    /// <summary>A device of up to 6 points in two tables, near address 0 or up to address 65535, and the points wanted of it.</summary>
    private static readonly Gen<Case> AnyCase =
        from high in Gen.Bool
        from steps in Gen.Select(Gen.Int[0, 5], Gen.Bool, Gen.Bool, Gen.Bool).Array[1, 6]
        from maxRegisters in Gen.Int[2, 14]
        from maxGap in Gen.Int[0, 6]
        select Build(high, steps, maxRegisters, maxGap);

    [Fact]
    public void Every_wanted_point_is_read_whole_and_once_within_the_limits()
    {
        AnyCase.Sample(
            c =>
            {
                var blocks = Plan(c);
                Assert.Equal(Sorted(c.Wanted), blocks.SelectMany(b => b.Points));
                Assert.All(
                    blocks,
                    b =>
                    {
                        Assert.InRange(b.Count, 1, c.MaxRegisters);
                        Assert.Equal((b.Address, b.Address + b.Count), (b.Points[0].Address, End(b.Points[^1])));
                        Assert.All(b.Points, p => Assert.Equal(b.Table, p.Table));
                        Assert.All(b.Points.Zip(b.Points.Skip(1)), p => Assert.InRange(p.Second.Address - End(p.First), 0, c.MaxGap));
                    });
            },
            iter: 20_000);
    }

    [Fact]
    public void No_point_that_was_not_wanted_is_read_along()
    {
        AnyCase.Sample(
            c =>
            {
                var strangers = c.All.Except(c.Wanted).ToList();
                Assert.All(Plan(c), b => Assert.DoesNotContain(strangers, s => s.Table == b.Table && Overlaps(b, s)));
            },
            iter: 20_000);
    }

    [Fact]
    public void No_other_plan_needs_fewer_reads()
    {
        AnyCase.Sample(c => Assert.Equal(FewestByTryingAll(c), Plan(c).Count), iter: 5_000);
    }

    [Fact]
    public void The_first_and_the_last_address_are_read()
    {
        var first = Point("First", 0, PointType.UInt16);
        var last = Point("Last", 65_535, PointType.UInt16);
        var pair = Point("Pair", 65_533, PointType.UInt32);

        var blocks = BlockPlanner.Plan([last, first, pair], [first, last, pair], 125, 8);

        Assert.Equal([(0, 1), (65_533, 3)], blocks.Select(b => ((int)b.Address, b.Count)));
    }

    [Fact]
    public void A_value_is_never_split_at_the_limit_of_a_read()
    {
        var all = Enumerable.Range(0, 4).Select(i => Point($"P{i}", (ushort)(2 * i), PointType.Float32)).ToList();

        Assert.Equal([(0, 4), (4, 4)], BlockPlanner.Plan(all, all, 5, 8).Select(b => ((int)b.Address, b.Count)));
        Assert.Throws<ArgumentException>(() => BlockPlanner.Plan(all, all, 1, 8));
    }

    [Fact]
    public void The_compressors_levels_need_three_reads_and_its_hours_one()
    {
        Assert.Equal([(0, 2), (4, 12), (26, 15)], PlanGroup("mam6080", "fast"));
        Assert.Equal([(2, 2)], PlanGroup("mam6080", "register"));
    }

    [Fact]
    public void The_meters_reads_are_as_their_maps_lie()
    {
        Assert.Equal([(97, 6), (119, 1), (362, 2), (383, 1)], PlanGroup("acrel-dtsd1352", "fast"));
        Assert.Equal([(10, 2)], PlanGroup("acrel-dtsd1352", "register"));
        Assert.Equal([(0, 8)], PlanGroup("suto-s401", "fast"));
        Assert.Equal([(8, 2)], PlanGroup("suto-s401", "register"));
    }

    [Fact]
    public void A_wanted_point_is_known_by_its_place_also_behind_transformers()
    {
        var meter = ShippedProfiles.Load("acrel-dtsd1352");
        var wanted = meter.Points.Where(p => p.Address is >= 97 and <= 102).Select(p => p.WithRatio(40)).ToList();

        Assert.Equal(6, Assert.Single(BlockPlanner.Plan(wanted, meter.Points, 125, 8)).Count);
    }

    [Fact]
    public void A_block_hands_each_point_its_registers()
    {
        var all = new[] { Point("A", 10, PointType.UInt16), Point("B", 13, PointType.UInt32) };
        var block = Assert.Single(BlockPlanner.Plan(all, all, 125, 8));

        ushort[] registers = [1, 2, 3, 4, 5];

        Assert.Equal([1], block.Slice(all[0], registers).ToArray());
        Assert.Equal([4, 5], block.Slice(all[1], registers).ToArray());
    }

    [Fact]
    public void Nothing_wanted_is_nothing_read()
    {
        Assert.Empty(BlockPlanner.Plan([], ShippedProfiles.Load("mam6080").Points, 125, 8));
    }

    private static IEnumerable<(int Address, int Count)> PlanGroup(string id, string group)
    {
        var profile = ShippedProfiles.Load(id);
        var wanted = profile.Points.Where(p => p.Group == group).ToList();
        return BlockPlanner.Plan(wanted, profile.Points, profile.MaxRegisters, profile.MaxGap).Select(b => ((int)b.Address, b.Count));
    }

    private static IReadOnlyList<ReadBlock> Plan(Case c) => BlockPlanner.Plan(c.Wanted, c.All, c.MaxRegisters, c.MaxGap);

    /// <summary>Puts the points one by one into every set of reads that the rules allow.</summary>
    private static int FewestByTryingAll(Case c)
    {
        var strangers = c.All.Except(c.Wanted).ToList();
        return Try(0, []);

        int Try(int next, List<List<ProfilePoint>> reads)
        {
            if (next == c.Wanted.Count)
                return reads.TrueForAll(Allowed) ? reads.Count : int.MaxValue;
            var point = c.Wanted[next];
            var fewest = Try(next + 1, [.. reads, [point]]);
            for (var i = 0; i < reads.Count; i++)
            {
                List<List<ProfilePoint>> joined = [.. reads];
                joined[i] = [.. reads[i], point];
                fewest = Math.Min(fewest, Try(next + 1, joined));
            }

            return fewest;
        }

        bool Allowed(List<ProfilePoint> read)
        {
            var points = Sorted(read).ToList();
            var block = new ReadBlock(points[0].Table, points[0].Address, End(points[^1]) - points[0].Address, points);
            return points.TrueForAll(p => p.Table == block.Table)
                && block.Count <= c.MaxRegisters
                && points.Zip(points.Skip(1)).All(p => p.Second.Address - End(p.First) <= c.MaxGap)
                && !strangers.Exists(s => s.Table == block.Table && Overlaps(block, s));
        }
    }

    private static Case Build(bool high, (int Gap, bool Wide, bool Input, bool Wanted)[] steps, int maxRegisters, int maxGap)
    {
        var all = new List<ProfilePoint>();
        var ends = new int[2];
        foreach (var step in steps)
        {
            var address = ends[step.Input ? 1 : 0] + step.Gap;
            var point = Point($"P{all.Count}", (ushort)address, step.Wide ? PointType.UInt32 : PointType.UInt16) with
            {
                Table = step.Input ? RegisterTable.Input : RegisterTable.Holding,
            };
            all.Add(point);
            ends[step.Input ? 1 : 0] = End(point);
        }

        if (high)
            all = [.. all.Select(p => p with { Address = (ushort)(p.Address + 65_536 - ends.Max()) })];
        var wanted = all.Where((_, i) => steps[i].Wanted).Reverse().ToList();
        return new Case(all, wanted, maxRegisters, maxGap);
    }

    private static ProfilePoint Point(string name, ushort address, PointType type) => new()
    {
        Name = name,
        Group = "fast",
        Kind = PointKind.Level,
        Medium = "air",
        Unit = "1",
        Resolution = 1,
        Address = address,
        Type = type,
    };

    private static IEnumerable<ProfilePoint> Sorted(IEnumerable<ProfilePoint> points) =>
        points.OrderBy(p => p.Table).ThenBy(p => p.Address);

    private static bool Overlaps(ReadBlock block, ProfilePoint point) =>
        point.Address < block.Address + block.Count && End(point) > block.Address;

    private static int End(ProfilePoint point) => point.Address + point.RegisterCount;

    private sealed record Case(List<ProfilePoint> All, List<ProfilePoint> Wanted, int MaxRegisters, int MaxGap);
}
