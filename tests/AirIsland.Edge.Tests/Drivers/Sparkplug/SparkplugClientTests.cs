namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

/// <summary>The edge node of the specification's makers, <c>sparkplug-client</c>, against our host.</summary>
public class SparkplugClientTests
{
    private const string Flow = "meter/VolumeFlowRate";
    private const string Lost = "Bad/Communication";

    [NodePackageFact("sparkplug-client")]
    public async Task A_node_that_is_killed_makes_its_tags_bad_once_and_comes_back()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = new NodeProcess("sparkplug-node.js", $"{broker.Port}");
        await run.SeesAsync(r => Counts(r).Length > 5, "data");
        Assert.Equal(["1000=700 Good"], run.Of("meter/GaugePressure"));
        Assert.Equal(["1000=1000 Good"], run.Of("meter/AccumulatedVolume"));

        await node.KillAsync();
        await run.SeesAsync(r => r.Of(Flow).Last() == Lost, "the death");
        await using var again = new NodeProcess("sparkplug-node.js", $"{broker.Port}");
        await run.SeesAsync(r => r.Of(Flow).Last() != Lost, "data after it");

        Assert.Single(run.Of(Flow), Lost);
        // Stated again with its old time: the tag is Bad until it is measured anew.
        Assert.Equal(["1000=700 Good", Lost], run.Of("meter/GaugePressure"));
        Assert.DoesNotContain(run.Log.Warnings, l => l.Contains("Flow", StringComparison.Ordinal));
    }

    [NodePackageFact("sparkplug-client")]
    public async Task A_message_that_is_lost_is_noticed_and_the_node_is_born_again()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port, rebirthPause: TimeSpan.FromSeconds(1));
        await run.IsConnectedAsync();
        await using var node = new NodeProcess("sparkplug-node.js", $"{broker.Port}");
        await run.SeesAsync(r => Counts(r).Length > 5, "data");
        var births = node.Lines.Count(l => l == "birth");

        await node.SayAsync("drop");
        await Eventually.HoldsAsync(() => node.Lines.Count(l => l == "birth") > births, "the rebirth");
        var before = Counts(run).Length;
        await run.SeesAsync(r => Counts(r).Length > before + 5, "data after it");

        Assert.Equal(1, run.Counts.Gaps);
        Assert.DoesNotContain(Lost, run.Of(Flow).SkipWhile(v => v == Lost));
        Assert.Equal(Counts(run).Order(), Counts(run));
        Assert.Equal(Counts(run).Distinct(), Counts(run));
    }

    [NodePackageFact("sparkplug-client")]
    public async Task A_host_that_is_restarted_asks_and_goes_on()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var node = new NodeProcess("sparkplug-node.js", $"{broker.Port}");
        long[] first;
        await using (var run = new SparkplugRun(broker.Port))
        {
            await run.SeesAsync(r => Counts(r).Length > 5, "data");
            first = Counts(run);
        }
        await using var again = new SparkplugRun(broker.Port);
        await again.SeesAsync(r => Counts(r).Length > 5, "data after the restart");

        Assert.True(again.Counts.Rebirths > 0);
        Assert.Empty(first.Intersect(Counts(again)));
        Assert.DoesNotContain(Lost, again.Of(Flow));
    }

    private static long[] Counts(SparkplugRun run) =>
        [.. run.Of(Flow).Where(v => v.Contains('=')).Select(v => long.Parse(v.Split('=', ' ')[1], null))];
}
