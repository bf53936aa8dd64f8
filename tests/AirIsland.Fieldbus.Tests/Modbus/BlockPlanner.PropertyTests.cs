using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>Any plan for any device, against the rules and against every other plan.</summary>
public class BlockPlannerPropertyTests
{
    private static readonly Gen<PlannedDevice> Possible = PlannedDevice.Any.Where(d => d.IsPossible());

    [Fact]
    public void Every_wanted_point_is_read_whole_and_once_within_the_limits()
    {
        Possible.Sample(
            d =>
            {
                var blocks = Plan(d);
                Assert.Equal(
                    d.Wanted.Select(p => p.Name).Order(StringComparer.Ordinal),
                    blocks.SelectMany(b => b.Points).Select(p => p.Name).Order(StringComparer.Ordinal));
                Assert.Equal(blocks.OrderBy(b => b.Table).ThenBy(b => b.Address), blocks);
                Assert.All(
                    blocks,
                    b =>
                    {
                        Assert.InRange(b.Count, 1, d.Most(b.Table));
                        Assert.InRange(b.Address + b.Count, 1, 65_536);
                        Assert.Equal((b.Address, b.Address + b.Count), (b.Points[0].Address, b.Points.Max(PlannedDevice.End)));
                        Assert.All(b.Points, p => Assert.Equal(b.Table, p.Table));
                        Assert.All(b.Points, p => Assert.Equal(p.RegisterCount, b.Slice(p, new ushort[b.Count]).Length));
                        Assert.True(GoesOn(d, b.Points));
                    });
            },
            iter: 20_000);
    }

    // ioBroker.modbus#127: a value and its scale factor came from different reads.
    [Fact]
    public void What_belongs_together_comes_from_one_request()
    {
        Possible.Sample(
            d =>
            {
                var bound = Plan(d).SelectMany(b => b.Points, (b, p) => (Block: b, Group: p.ReadTogether)).Where(p => p.Group is not null);
                foreach (var group in bound.GroupBy(p => p.Group)) Assert.Single(group.Select(p => p.Block).Distinct());
            },
            iter: 20_000);
    }

    [Fact]
    public void No_point_that_was_not_wanted_is_read_along()
    {
        Possible.Sample(
            d =>
            {
                var strangers = d.Strangers();
                Assert.All(Plan(d), b => Assert.DoesNotContain(strangers, s => Overlaps(b, s)));
            },
            iter: 20_000);
    }

    [Fact]
    public void No_other_plan_needs_fewer_reads()
    {
        Possible.Sample(d => Assert.Equal(FewestByTryingAll(d), Plan(d).Count), iter: 5_000);
    }

    [Fact]
    public void A_group_that_no_request_can_give_is_refused()
    {
        ProfilePoint[] pair =
        [
            PlannedDevice.Point("Value", RegisterTable.Holding, 3) with { ReadTogether = "pair" },
            PlannedDevice.Point("Scale", RegisterTable.Holding, 43) with { ReadTogether = "pair" },
        ];

        Assert.Equal(41, Assert.Single(BlockPlanner.Plan(pair, pair, new ReadLimits { MaxRegisters = 41 })).Count);
        Assert.Throws<ArgumentException>(() => BlockPlanner.Plan(pair, pair, new ReadLimits { MaxRegisters = 40 }));
    }

    private static IReadOnlyList<ReadBlock> Plan(PlannedDevice d) => BlockPlanner.Plan(d.Wanted, d.All, d.Limits);

    /// <summary>Puts the points one by one into every set of reads that the rules allow.</summary>
    private static int FewestByTryingAll(PlannedDevice d)
    {
        var strangers = d.Strangers();
        return Try(0, []);

        int Try(int next, List<List<ProfilePoint>> reads)
        {
            if (next == d.Wanted.Count)
                return reads.TrueForAll(Allowed) ? reads.Count : int.MaxValue;
            var point = d.Wanted[next];
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
            var points = read.OrderBy(p => p.Table).ThenBy(p => p.Address).ToList();
            var block = new ReadBlock(points[0].Table, points[0].Address, points.Max(PlannedDevice.End) - points[0].Address, points);
            return points.TrueForAll(p => p.Table == block.Table)
                && block.Count <= d.Most(block.Table)
                && points.TrueForAll(p => p.ReadTogether is null || d.Wanted.Count(w => w.ReadTogether == p.ReadTogether)
                    == points.Count(w => w.ReadTogether == p.ReadTogether))
                && GoesOn(d, points)
                && !strangers.Exists(s => Overlaps(block, s));
        }
    }

    private static bool GoesOn(PlannedDevice d, IReadOnlyList<ProfilePoint> points) =>
        points.Zip(points.Skip(1)).All(p => d.MayGoOn(p.First, p.Second));

    private static bool Overlaps(ReadBlock block, ProfilePoint point) =>
        point.Table == block.Table && point.Address < block.Address + block.Count && PlannedDevice.End(point) > block.Address;
}
