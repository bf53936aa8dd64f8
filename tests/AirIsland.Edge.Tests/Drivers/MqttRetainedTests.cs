using System.Collections.Concurrent;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>What is a sample of what a broker keeps, delivers again, or hands on twice.</summary>
public class MqttRetainedTests
{
    private const string Level = "site/meter/level";

    [ExternalFact("mosquitto")]
    public async Task A_retained_message_at_reconnect_is_no_new_sample() // telegraf PR#7177, MTConnect.NET#101
    {
        await using var broker = await Mosquitto.StartAsync();
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await broker.PublishAsync(Level, Message(1_000, 1), retain: true);
        var samples = new List<long>();
        for (var start = 0; start < 20; start++)
        {
            // Newer than what is recorded; at most once, or the broker would also keep it for the session.
            if (start == 10) await broker.PublishAsync(Level, Message(2_000, 2), retain: true, service: 0);
            await using var run = new MqttRun(broker.Port, durable);
            await run.SeesAsync(r => r.Scans.Count == 1, "the retained message");
            samples.AddRange(run.Good.Select(s => s.Instant));
        }

        Assert.Equal([1_000, 2_000], samples);
    }

    [ExternalFact("mosquitto")]
    public async Task A_retained_value_without_a_source_time_is_never_a_sample() // thingsboard-gateway #2119
    {
        var flow = Site.Level("VolumeFlowRate", 0) with { Path = "", Topic = "flow" };
        var pressure = Site.Level("GaugePressure", 0) with { Path = "p", Topic = "json", Group = "json" };
        var profile = Site.Mqtt(flow, pressure) with
        {
            TimestampPath = null,
            Groups = new Dictionary<string, TimeSpan> { ["fast"] = TimeSpan.FromSeconds(1), ["json"] = TimeSpan.FromSeconds(1) },
        };
        var tags = Site.Tags((new() { Id = "meter", Asset = "meter", Topic = "site/meter" }, profile));
        await using var broker = await Mosquitto.StartAsync();
        await broker.PublishAsync("site/meter/flow", "1", retain: true);
        await broker.PublishAsync("site/meter/json", """{"p":1}""", retain: true);

        await using var run = new MqttRun(MqttRun.Broker(broker.Port), tags: tags);
        await run.SeesAsync(r => r.Scans.Count == 2, "the retained messages");
        await broker.PublishAsync("site/meter/flow", "2", retain: true);
        await run.SeesAsync(r => r.Good.Count == 1, "the message of now");

        Assert.Equal([2L], run.Good[0].Readings.Select(r => r.Count));
        Assert.Equal(2, run.Status.Redelivered);
    }

    [ExternalFact("mosquitto")]
    public async Task A_retained_message_that_cannot_be_read_says_nothing_of_now() // telegraf PR#7177
    {
        await using var broker = await Mosquitto.StartAsync();
        string[] all = ["no JSON", """{"flow":1}""", """{"ts":-1,"flow":1,"inner":{"pressure":0.7}}""", new('x', 2 << 20)];
        foreach (var kept in all)
        {
            await broker.PublishAsync(Level, kept, retain: true, service: 0);
            await using var run = new MqttRun(broker.Port);
            await run.SeesAsync(r => r.Scans.Count == 1, "the retained message");

            Assert.Empty(run.Scans[0].Readings);
            Assert.Equal((1, 0), (run.Status.Redelivered, run.Status.Failures));
            Assert.Empty(run.Log.Warnings);
        }
    }

    [ExternalFact("mosquitto")]
    public async Task What_waited_at_the_broker_without_a_source_time_is_not_stamped_as_of_now() // thingsboard-gateway #2119
    {
        var flow = Site.Level("VolumeFlowRate", 0) with { Path = "", Topic = "flow" };
        var tags = Site.Tags((new() { Id = "meter", Asset = "meter", Topic = "site/meter" }, Site.Mqtt(flow)));
        await using var broker = await Mosquitto.StartAsync();
        await using (var before = new MqttRun(MqttRun.Broker(broker.Port), tags: tags)) await before.IsConnectedAsync();
        await broker.PublishAsync("site/meter/flow", "1");

        await using var run = new MqttRun(MqttRun.Broker(broker.Port), tags: tags);
        await run.IsConnectedAsync();
        await broker.PublishAsync("site/meter/flow", "2");
        await run.SeesAsync(r => r.Good.Count >= 1, "the message of now");

        Assert.Equal([2L], run.Good.Select(s => s.Readings.Single().Count));
    }

    [ExternalFact("mosquitto")]
    public async Task Two_contents_of_one_source_time_are_two_samples_and_one_content_is_one() // thingsboard #5714, #8215
    {
        await using var broker = await Mosquitto.StartAsync();
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await using (var run = new MqttRun(broker.Port, durable))
        {
            await run.IsListeningAsync(broker);
            foreach (var flow in new[] { 1, 2, 2, 3 }) await broker.PublishAsync(Level, Message(5_000, flow));
            await run.SeesAsync(r => r.Scans.Count == 5, "all messages");
            Assert.Equal([(5_000, 1_000L), (5_001, 2_000L), (5_002, 3_000L)], Flows(run).Skip(1));
            Assert.Equal(1, run.Status.Redelivered);
        }

        await using var again = new MqttRun(broker.Port, durable);
        foreach (var flow in new[] { 2, 4 }) await broker.PublishAsync(Level, Message(5_000, flow));
        await again.SeesAsync(r => r.Scans.Count == 2, "both messages");

        Assert.Equal([(5_003, 4_000L)], Flows(again));
    }

    [ExternalFact("mosquitto")]
    public async Task What_came_while_the_edge_was_away_has_the_same_form_as_what_comes_live() // OpenEMS #3798
    {
        await using var broker = await Mosquitto.StartAsync();
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await using (var before = new MqttRun(broker.Port, durable)) await before.IsListeningAsync(broker);
        for (var i = 2; i <= 9; i++) await broker.PublishAsync(Level, Message(i, i));

        await using var run = new MqttRun(broker.Port, durable);
        await run.SeesAsync(r => r.Good.Count == 8, "what waited");
        await broker.PublishAsync(Level, Message(10, 10));
        await run.SeesAsync(r => r.Good.Count == 9, "what comes live");

        Assert.Equal(Enumerable.Range(2, 9).Select(i => ((long)i, (long?)(1000 * i))), Flows(run));
        Assert.Single(run.Good.Select(s => string.Join(' ', s.Readings.Select(r => (r.Tag, r.Quality)))).Distinct());
    }

    private static IEnumerable<(long Instant, long? Flow)> Flows(MqttRun run)
    {
        var tag = (uint)MqttRun.Tags.Tags.ToList().FindIndex(t => t.Id == "test/meter/VolumeFlowRate");
        return run.Good.Select(s => (s.Instant, s.Readings.Single(r => r.Tag == tag).Count));
    }

    private static string Message(long ts, int flow) => $$$"""{"ts":{{{ts}}},"flow":{{{flow}}},"inner":{"pressure":0.7}}""";
}
