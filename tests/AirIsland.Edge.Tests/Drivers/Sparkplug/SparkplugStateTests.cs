using AirIsland.Fieldbus.Sparkplug;
using MQTTnet;

namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

public class SparkplugStateTests
{
    private const string Flow = "meter/VolumeFlowRate";

    // tck-id-message-flow-phid-sparkplug-state-publish, tck-id-host-topic-phid-birth-qos, tck-id-host-topic-phid-birth-retain
    [ExternalFact("mosquitto")]
    public async Task The_host_says_that_it_is_there_and_that_it_goes()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var first = await TestNode.ConnectAsync(broker.Port);
        await using (var run = new SparkplugRun(broker.Port))
        {
            await Eventually.HoldsAsync(() => first.States.Any(s => s.Text.Contains("true", StringComparison.Ordinal)), "the state");
            await using var late = await TestNode.ConnectAsync(broker.Port, clientId: "late");
            await Eventually.HoldsAsync(() => late.States.Any(), "the retained state");

            var state = Assert.Single(late.States);
            Assert.True(state.IsRetained);
            Assert.StartsWith("""{"online":true,"timestamp":1""", state.Text, StringComparison.Ordinal);
        }
        await Eventually.HoldsAsync(() => first.States.Last().Text.Contains("false", StringComparison.Ordinal), "the good-bye");
        await using var after = await TestNode.ConnectAsync(broker.Port, clientId: "after");
        await Eventually.HoldsAsync(() => after.States.Any(), "the retained good-bye");

        Assert.Contains("false", Assert.Single(after.States).Text, StringComparison.Ordinal);
    }

    // tck-id-operational-behavior-host-application-connect-will, tck-id-message-flow-phid-sparkplug-state-publish-payload-timestamp
    [ExternalFact("mosquitto")]
    public async Task The_will_says_what_the_birth_said_but_offline()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await using var run = new SparkplugRun(broker.Port);
        await Eventually.HoldsAsync(() => node.States.Any(), "the state");

        // Who takes the session over makes the broker send the will.
        using var thief = new MqttClientFactory().CreateMqttClient();
        await thief.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithClientId("edge-test-host").Build());
        await Eventually.HoldsAsync(() => node.States.Any(s => s.Text.Contains("false", StringComparison.Ordinal)), "the will");

        var will = node.States.First(s => s.Text.Contains("false", StringComparison.Ordinal)).Text;
        Assert.Equal(node.States.First().Text.Replace("true", "false", StringComparison.Ordinal), will);
        await Eventually.HoldsAsync(() => node.States.Last().Text.Contains("true", StringComparison.Ordinal), "the state once more");
    }

    // tck-id-message-flow-hid-sparkplug-state-message-delivered
    [ExternalFact("mosquitto")]
    public async Task A_host_that_is_said_to_be_gone_says_that_it_is_there()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await Eventually.HoldsAsync(() => node.States.Any(), "the state");

        await node.SendAsync(HostState.Topic("air"), new HostState(false, 1).Encode(), retain: true);
        await Eventually.HoldsAsync(() =>
            node.States.Count(s => s.Text.Contains("true", StringComparison.Ordinal)) >= 2, "the state once more");

        Assert.Contains("true", node.States.Last().Text, StringComparison.Ordinal);
    }

    // telegraf#16038
    [ExternalFact("mosquitto")]
    public async Task After_a_restart_of_the_broker_data_comes_again()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port, rebirthPause: TimeSpan.FromSeconds(1));
        await run.IsConnectedAsync();
        await using (var node = await TestNode.ConnectAsync(broker.Port))
        {
            await node.BearAsync(1000);
            await run.SeesAsync(r => r.Of(Flow).Contains("1000=1000 Good"), "the births");
        }
        await broker.StopAsync();
        await run.SeesAsync(r => r.Of(Flow).Contains("Bad/Communication"), "that it is gone");
        await broker.RunAsync();
        await using var again = await TestNode.ConnectAsync(broker.Port, birthNumber: 1);
        await Eventually.HoldsAsync(() => again.RebirthRequests > 0, "the host");
        await again.BearAsync(2000);
        await run.SeesAsync(r => r.Of(Flow).Contains("2000=1000 Good"), "the births after it");

        Assert.Equal(["1000=1000 Good", "Bad/Communication", "2000=1000 Good"], run.Of(Flow).SkipWhile(v => !v.Contains('=')));
    }

    // telegraf PR#14366
    [ExternalFact("mosquitto")]
    public async Task A_group_that_is_configured_later_is_heard_and_the_first_is_not_disturbed()
    {
        await using var broker = await Mosquitto.StartAsync();
        var tags = Site.Tags(
            (SparkplugRun.Device("meter", "Plant/gate/meter"), SparkplugRun.Profile),
            (SparkplugRun.Device("other", "Hall/door"), SparkplugRun.Profile));
        await using var run = new SparkplugRun(
            broker.Port, tags: Site.Tags((SparkplugRun.Device("meter", "Plant/gate/meter"), SparkplugRun.Profile)));
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await node.BearAsync(1000);
        await run.SeesAsync(r => r.Scans.Any(s => s.Instant == 1000), "the births");

        await run.Driver.ApplyAsync(tags.Devices);
        var door = new EdgeNodeSession("Hall", "door", 0);
        await node.SendAsync(door.Birth(2000, [TestNode.Metric("Inputs/Flow", 1, 2, 2000)]));
        await node.SendAsync(door.Data(2100, [TestNode.Value(1, 2.5, 2100)]));
        await node.DataAsync(3000, TestNode.Value(1, 3, 3000));
        await run.SeesAsync(r => r.Scans.Any(s => s.Instant == 3000), "data of the first");

        Assert.Contains(run.Scans, s => s is { Group: "other/fast", Instant: 2100 });
        Assert.DoesNotContain(run.Scans.Where(s => s.Group.StartsWith("meter/", StringComparison.Ordinal)), s =>
            s.Readings.Any(r => r.Count is null));
    }
}
