using AirIsland.Edge.Tests.Northbound;
using AirIsland.Fieldbus.Sparkplug;

namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

/// <summary>What the host makes of a broker that does not answer, throws it out, or sends more than is taken.</summary>
public class SparkplugBrokerTests
{
    private const string Flow = "meter/VolumeFlowRate";
    private const string Lost = "Bad/Communication";

    [Theory]
    [InlineData("subscription", "the broker did not confirm the subscriptions within 00:00:00.3")]
    [InlineData("state", "the broker did not take a message within 00:00:00.3")]
    public async Task A_broker_that_does_not_answer_is_left_in_time(string request, string failure) // telegraf #16038
    {
        var never = new TaskCompletionSource();
        await using var broker = await TestBroker.StartAsync(server =>
        {
            if (request == "state") server.InterceptingPublishAsync += _ => never.Task;
            else server.InterceptingSubscriptionAsync += _ => never.Task;
        });
        await using var run = new SparkplugRun(MqttRun.Broker(broker.Port) with { Timeout = TimeSpan.FromMilliseconds(300) });

        await run.SeesAsync(r => r.Log.Warnings.Any(l => l.Contains(failure, StringComparison.Ordinal)), failure);

        await run.SeesAsync(r => r.Of(Flow).Any(), "bad readings");
        never.SetResult();
    }

    [ExternalFact("mosquitto")]
    public async Task Two_hosts_with_one_id_come_back_ever_later_and_say_so_once() // thin-edge.io #4163
    {
        await using var broker = await Mosquitto.StartAsync();
        var options = MqttRun.Broker(broker.Port) with
        {
            ShortestRest = TimeSpan.FromMilliseconds(50),
            LongestRest = TimeSpan.FromSeconds(5),
        };
        var from = TimeProvider.System.GetTimestamp();
        await using var one = new SparkplugRun(options);
        await using var two = new SparkplugRun(options);

        await one.SeesAsync(r => r.Status.Failures >= 7, "seven lost connections");

        // Rests of 50, 100, 200, 400, 800 and 1600 ms lie between, each shortened by a fifth at most.
        Assert.InRange(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds, 0.8 * 3150, double.MaxValue);
        Assert.Contains("another client may use the id 'edge-test'", Assert.Single(one.Log.Warnings), StringComparison.Ordinal);
    }

    // dotnet/MQTTnet#1947
    [ExternalFact("mosquitto")]
    public async Task What_comes_while_nobody_takes_is_bounded_and_counted_and_a_death_among_it_is_noticed()
    {
        const int Sent = 3000;
        await using var broker = await Mosquitto.StartAsync();
        await using var scada = await TestScada.ConnectAsync(broker.Port);
        await using var run = new SparkplugRun(broker.Port, rebirthPause: TimeSpan.FromSeconds(1));
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await node.BearAsync(1000);
        await run.SeesAsync(r => r.Of("other/VolumeFlowRate").Any(v => v.Contains('=')), "the births");
        var outage = new TaskCompletionSource();
        run.IsTaking = outage.Task;

        for (ulong i = 1; i <= Sent; i++) await node.DataAsync(1000 + i, TestNode.Value(1, i, 1000 + i));
        // A thousand wait as they came, sixty and some as scans.
        await run.SeesAsync(r => r.Counts.LeftOut >= Sent - 1100, "what was left out");
        node.Break();
        await scada.HearsAsync("NDEATH");
        outage.SetResult();
        await run.SeesAsync(r => r.Of(Flow).Last() == Lost, "the death");
        await using var again = await TestNode.ConnectAsync(broker.Port, birthNumber: 1);
        await again.BearAsync(9000);
        await run.SeesAsync(r => r.Of(Flow).Contains("9000=1000 Good"), "the births after it");

        Assert.InRange(run.Counts.LeftOut, Sent - 1100, Sent + 10);
        var taken = run.Scans.Where(s => s is { Group: "meter/fast", Instant: > 1000 and <= 1000 + Sent });
        var instants = taken.Select(s => s.Instant).ToList();
        Assert.Equal(Enumerable.Range(1001, instants.Count).Select(i => (long)i), instants);
        Assert.Single(run.Log.Warnings, l => l.Contains("sent more than was taken", StringComparison.Ordinal));
    }

    [ExternalFact("mosquitto")]
    public async Task A_node_is_not_asked_again_within_the_pause_however_much_it_sends() // the host must not flood a node with requests
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port, rebirthPause: TimeSpan.FromHours(1));
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await SendUnbornAsync(node, 1, 100);

        await run.SeesAsync(r => r.Counts.Unborn == 100, "a hundred values that nobody can read");

        Assert.Equal(1, run.Counts.Rebirths);
        Assert.InRange(node.RebirthRequests, 0, 1);
        Assert.Empty(run.Of(Flow));
    }

    [ExternalFact("mosquitto")]
    public async Task A_node_that_does_not_answer_is_asked_again_after_the_pause_and_becomes_bad()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port, rebirthPause: TimeSpan.FromSeconds(1));
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);

        for (ulong round = 0; node.RebirthRequests < 2 && round < 600; round++)
        {
            await SendUnbornAsync(node, 1000 + round, 1);
            await Task.Delay(100);
        }
        await run.SeesAsync(r => r.Of(Flow).Any(), "that it does not answer");

        Assert.InRange(node.RebirthRequests, 2, int.MaxValue);
        Assert.Equal([Lost], run.Of(Flow));
    }

    // A host that knows nothing of the node: it was restarted, and births are not retained.
    private static async Task SendUnbornAsync(TestNode node, ulong time, int count)
    {
        var session = new EdgeNodeSession("Plant", "gate", 0);
        session.Birth(time, []);
        session.DeviceBirth("meter", time, []);
        for (var i = 0; i < count; i++) await node.SendAsync(session.DeviceData("meter", time, [TestNode.Value(1, 2, time)]));
    }
}
