using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Fieldbus.Tests.Modbus;

public class QuarantineTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);
    private static readonly ProfilePoint[] All =
        [.. Enumerable.Range(0, 6).Select(i => PlannedDevice.Point($"P{i}", RegisterTable.Holding, i))];

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_refused_point_is_left_out_of_plans_and_never_bridged()
    {
        var quarantine = new Quarantine(Rest, _time);
        quarantine.Add([All[2]]);

        var wanted = quarantine.Without(All);

        Assert.Equal([0, 1, 3, 4, 5], wanted.Select(p => (int)p.Address));
        Assert.Equal([(0, 2), (3, 3)], BlockPlanner.Plan(wanted, All, new ReadLimits()).Select(b => ((int)b.Address, b.Count)));
    }

    [Fact]
    public void It_is_tried_again_alone_when_it_has_rested_and_only_then()
    {
        var quarantine = new Quarantine(Rest, _time);
        quarantine.Add([All[2], All[3]]);

        _time.Advance(Rest - TimeSpan.FromSeconds(1));
        Assert.Empty(quarantine.Due());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([(2, 1), (3, 1)], quarantine.Due().Select(b => ((int)b.Address, b.Count)));
    }

    [Fact]
    public void What_is_refused_again_rests_again_and_what_is_answered_comes_back()
    {
        var quarantine = new Quarantine(Rest, _time);
        quarantine.Add([All[2], All[3]]);
        _time.Advance(Rest);

        quarantine.Add([All[2]]);
        quarantine.Release([All[3]]);

        Assert.Empty(quarantine.Due());
        Assert.Equal([All[2]], quarantine.Points);
        Assert.Contains(All[3], quarantine.Without(All));
        _time.Advance(Rest);
        Assert.Single(quarantine.Due());
    }

    [Fact]
    public void Who_is_refused_again_and_again_is_tried_ever_less_and_begins_anew_after_an_answer()
    {
        var quarantine = new Quarantine(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), _time);
        foreach (var seconds in new[] { 10, 20, 40, 60, 60 })
        {
            quarantine.Add([All[2]]);
            _time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Empty(quarantine.Due());
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Single(quarantine.Due());
        }

        quarantine.Release([All[2]]);
        quarantine.Add([All[2]]);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(quarantine.Due());
    }

    [Fact]
    public void What_belongs_together_is_tried_together()
    {
        var pair = new[] { All[1] with { ReadTogether = "pair" }, All[4] with { ReadTogether = "pair" } };
        var quarantine = new Quarantine(Rest, _time);
        quarantine.Add(pair);
        _time.Advance(Rest);

        Assert.Equal((1, 4), Assert.Single(quarantine.Due()) is var block ? ((int)block.Address, block.Count) : default);
    }

    [Fact]
    public void A_point_behind_transformers_is_the_same_point()
    {
        var quarantine = new Quarantine(Rest, _time);
        quarantine.Add([All[2] with { Transformer = true }]);

        Assert.DoesNotContain(All[2], quarantine.Without(All));
        quarantine.Release([All[2]]);
        Assert.Empty(quarantine.Points);
    }
}
