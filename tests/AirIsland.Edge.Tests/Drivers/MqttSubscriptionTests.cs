using System.Net;
using System.Net.Sockets;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;
using MQTTnet.Protocol;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>Which topics the edge listens to, and what it makes of those that bring nothing.</summary>
public class MqttSubscriptionTests
{
    private static readonly DeviceProfile Meter = Site.Mqtt(Site.Level("VolumeFlowRate", 0) with { Path = "flow" });

    [ExternalFact("mosquitto")]
    public async Task Subscriptions_follow_the_settings_on_the_connection_that_is_there() // telegraf PR#14366
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(MqttRun.Broker(broker.Port), tags: Tags("one", "two"));
        await run.IsConnectedAsync();

        await run.ApplyAsync(Tags("two", "three"));
        foreach (var id in new[] { "one", "two", "three" }) await broker.PublishAsync($"site/{id}/level", Message(1));
        await run.SeesAsync(r => r.Good.Count == 2, "two and three");
        await run.ApplyAsync(Tags("one"));
        foreach (var id in new[] { "one", "two", "three" }) await broker.PublishAsync($"site/{id}/level", Message(2));
        await run.SeesAsync(r => r.Good.Count == 3, "one");

        Assert.Equal(["one/fast", "three/fast", "two/fast"], run.Good.Select(s => s.Group).Order(StringComparer.Ordinal));
        Assert.Single(run.Log.All);
    }

    [ExternalFact("mosquitto")]
    public async Task A_topic_that_only_the_broker_remembers_is_ended_when_it_brings_something() // telegraf PR#14366
    {
        await using var broker = await Mosquitto.StartAsync();
        await using (var before = new MqttRun(MqttRun.Broker(broker.Port), tags: Tags("one", "two"))) await before.IsConnectedAsync();
        await using var run = new MqttRun(MqttRun.Broker(broker.Port), tags: Tags("two"));
        await run.IsConnectedAsync();

        // More than may be in flight: what is nobody's must not hold up the others.
        for (var i = 0; i < 6; i++) await broker.PublishAsync("site/one/level", Message(i));
        await broker.PublishAsync("site/two/level", Message(9));
        await run.SeesAsync(r => r.Good.Count == 1, "the other topic");

        Assert.Single(run.Log.All, l => l.Contains("site/one/level is no device's any more", StringComparison.Ordinal));
    }

    [ExternalFact("mosquitto")]
    public async Task A_topic_that_falls_silent_is_bad_once_though_the_broker_is_there() // telegraf #16038
    {
        await using var broker = await Mosquitto.StartAsync();
        var patient = Site.Mqtt(Site.Level("VolumeFlowRate", 0) with { Path = "flow" }) with
        {
            Groups = new Dictionary<string, TimeSpan> { ["fast"] = TimeSpan.FromHours(1) },
        };
        var tags = Site.Tags((Device("one"), Quick(Meter)), (Device("two"), patient));
        await using var run = new MqttRun(MqttRun.Broker(broker.Port) with { SilentAfter = TimeSpan.FromSeconds(1) }, tags: tags);
        await run.IsConnectedAsync();

        await run.SeesAsync(r => r.Scans.Count == 1, "silence");
        await Task.Delay(1500);
        Assert.Equal(Quality.Bad(QualityReason.Communication), Assert.Single(run.Scans).Readings.Single().Quality);
        Assert.Contains("Device one sent nothing on site/one/level", Assert.Single(run.Log.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, run.Status.Failures);
        await broker.PublishAsync("site/one/level", Message(1));
        await run.SeesAsync(r => r.Good.Count == 1, "the message");

        Assert.Single(run.Log.All, l => l.Contains("Device one was heard", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_topic_that_the_broker_refuses_is_bad_and_the_others_are_read() // telegraf #11782
    {
        await using var broker = await TestBroker.StartAsync(server => server.InterceptingSubscriptionAsync += e =>
        {
            if (e.TopicFilter.Topic == "site/one/level") e.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            return Task.CompletedTask;
        });
        await using var run = new MqttRun(MqttRun.Broker(broker.Port), tags: Tags("one", "two"));
        await run.IsConnectedAsync();

        await broker.PublishAsync("site/two/level", Message(1));
        await run.SeesAsync(r => r.Good.Count == 1, "the other topic");

        Assert.Equal(Quality.Bad(QualityReason.Configuration), run.Scans[0].Readings.Single().Quality);
        var warning = Assert.Single(run.Log.Warnings);
        Assert.Contains("refused topic site/one/level of device one: NotAuthorized", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_takes_the_connection_and_says_nothing_is_given_up_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = MqttRun.Broker(((IPEndPoint)silent.LocalEndpoint).Port) with { Timeout = TimeSpan.FromMilliseconds(300) };
        await using var run = new MqttRun(options, tags: Tags("one"));

        await run.SeesAsync(r => r.Scans.Count == 1, "bad readings");

        Assert.Contains("did not answer within 00:00:00.3", Assert.Single(run.Log.Warnings), StringComparison.Ordinal);
    }

    [ExternalFact("mosquitto")]
    public async Task Without_topics_nobody_connects_and_with_the_first_one_somebody_does()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(MqttRun.Broker(broker.Port), tags: Site.Tags());
        await Task.Delay(200);
        Assert.Empty(run.Log.All);

        await run.ApplyAsync(Tags("one"));
        await run.IsConnectedAsync();
        await broker.PublishAsync("site/one/level", Message(1));

        await run.SeesAsync(r => r.Good.Count == 1, "the message");
    }

    private static TagTable Tags(params string[] ids) => Site.Tags([.. ids.Select(id => (Device(id), Meter))]);

    private static DeviceOptions Device(string id) => new() { Id = id, Asset = id, Topic = $"site/{id}" };

    private static DeviceProfile Quick(DeviceProfile profile) =>
        profile with { Groups = new Dictionary<string, TimeSpan> { ["fast"] = TimeSpan.FromMilliseconds(100) } };

    private static string Message(long ts) => $$"""{"ts":{{ts}},"flow":1}""";
}
