using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

public class BlockPlannerTests
{
    // telegraf#15138: registers at 65524 to 65534 were silently not read.
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
}
