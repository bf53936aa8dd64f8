using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>A device that refuses blocks with exception 02: what it refuses is found, and everything else goes on.</summary>
public class BlockSearchTests
{
    [Fact]
    public void One_bad_register_is_found_in_twice_the_halvings_and_the_first_refusal()
    {
        foreach (var count in Enumerable.Range(1, 33).Concat([64, 65, 125]))
        {
            var points = Points(count);
            var block = Assert.Single(BlockPlanner.Plan(points, points, new ReadLimits()));
            for (var bad = 0; bad < count; bad++)
            {
                var (search, requests) = Search(block, Refuses(bad));

                Assert.Equal([points[bad]], search.Bad);
                Assert.Equal(points.Where(p => p.Address != bad), search.Good.SelectMany(b => b.Points));
                Assert.Empty(search.Cuts);
                Assert.InRange(requests, 0, 2 * (int)Math.Ceiling(Math.Log2(count)));
            }
        }
    }

    [Fact]
    public void Every_bad_register_is_found_and_no_good_point_is_lost_however_the_points_are_bound()
    {
        var devices =
            from device in PlannedDevice.Any.Where(d => d.IsPossible() && d.Wanted.Count > 0)
            from bad in Gen.Int[0, 60].Array[0, 4]
            select (device, bad);

        devices.Sample(
            c =>
            {
                var (device, low) = (c.device, c.device.All.Min(p => p.Address));
                var refuses = Refuses([.. c.bad.Select(b => (ushort)Math.Min(low + b, ushort.MaxValue))]);
                foreach (var block in BlockPlanner.Plan(device.Wanted, device.All, device.Limits).Where(refuses.Invoke))
                {
                    var (search, _) = Search(block, refuses);
                    Assert.Equal(Names(block.Points), Names(search.Good.SelectMany(b => b.Points).Concat(search.Bad)));
                    Assert.All(search.Good, b => Assert.False(refuses(b)));
                    // By itself, or with those it cannot be parted from.
                    var alone = new Quarantine(TimeSpan.Zero, new FakeTimeProvider());
                    alone.Add(search.Bad);
                    Assert.All(alone.Due(), b => Assert.True(refuses(b)));
                }
            },
            iter: 5_000);
    }

    [Fact]
    public void What_must_be_read_together_is_bad_together()
    {
        var points = Points(8).Where(p => p.Address is not (3 or 4))
            .Select(p => p.Address is 2 or 5 ? p with { ReadTogether = "pair" } : p).ToList();

        var (search, _) = Search(BlockPlanner.Plan(points, points, new ReadLimits())[0], Refuses(4));

        Assert.Equal([2, 5], search.Bad.Select(p => (int)p.Address));
    }

    [Fact]
    public void A_bad_register_in_a_gap_costs_no_point_but_a_cut()
    {
        var points = Points(10).Where(p => p.Address is not (4 or 5)).ToList();
        var refuses = Refuses(5);

        var cuts = Settle(points, refuses, out var rounds);

        Assert.Equal([new ReadCut(RegisterTable.Holding, 6)], cuts);
        Assert.Equal(1, rounds);
    }

    [Fact]
    public void A_device_that_answers_less_than_its_profile_says_is_read_in_smaller_blocks()
    {
        var points = Points(125);

        var cuts = Settle(points, b => b.Count > 40, out var rounds);

        var blocks = BlockPlanner.Plan(points, points, new ReadLimits { Cuts = cuts });
        Assert.All(blocks, b => Assert.InRange(b.Count, 1, 40));
        Assert.Equal(4, blocks.Count);
        Assert.InRange(rounds, 1, 3);
    }

    [Fact]
    public void A_search_that_is_over_takes_no_answer()
    {
        var search = new BlockSearch(BlockPlanner.Plan(Points(1), Points(1), new ReadLimits())[0]);

        Assert.Null(search.Next);
        Assert.Single(search.Bad);
        Assert.Throws<InvalidOperationException>(search.Answered);
        Assert.Throws<InvalidOperationException>(search.Refused);
    }

    /// <summary>Plans and searches, until the device answers every block; there is no bad point.</summary>
    private static List<ReadCut> Settle(List<ProfilePoint> points, Func<ReadBlock, bool> refuses, out int rounds)
    {
        var cuts = new List<ReadCut>();
        for (rounds = 0; rounds < 8; rounds++)
        {
            var refused = BlockPlanner.Plan(points, points, new ReadLimits { Cuts = cuts }).Where(refuses).ToList();
            if (refused.Count == 0)
                return cuts;
            foreach (var block in refused)
            {
                var (search, _) = Search(block, refuses);
                Assert.Empty(search.Bad);
                cuts.AddRange(search.Cuts);
            }
        }

        throw new InvalidOperationException("The plan did not settle");
    }

    private static (BlockSearch Search, int Requests) Search(ReadBlock refused, Func<ReadBlock, bool> refuses)
    {
        Assert.True(refuses(refused));
        var search = new BlockSearch(refused);
        var requests = 0;
        for (; search.Next is { } next; requests++)
        {
            if (refuses(next)) search.Refused();
            else search.Answered();
        }

        return (search, requests);
    }

    private static Func<ReadBlock, bool> Refuses(params int[] bad) =>
        block => bad.Any(b => b >= block.Address && b < block.Address + block.Count);

    private static List<ProfilePoint> Points(int count) =>
        [.. Enumerable.Range(0, count).Select(i => PlannedDevice.Point($"P{i}", RegisterTable.Holding, i))];

    private static IEnumerable<string> Names(IEnumerable<ProfilePoint> points) => points.Select(p => p.Name).Order(StringComparer.Ordinal);
}
