using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Simulators.Devices.Disturbances;
using MQTTnet;
using MQTTnet.Protocol;

namespace AirIsland.Simulators.Tests.Devices;

public sealed class SparkplugNodeTests
{
    private readonly ConcurrentQueue<(SparkplugTopic Topic, SparkplugPayload Payload)> _heard = new();

    [Fact]
    public async Task Meters_of_one_node_are_born_and_say_what_changed_with_the_plants_time()
    {
        await using var simulators = await StartAsync();
        using var host = await HostAsync(simulators);
        await AskAsync(host);
        await HearsAsync("DBIRTH other", 1);
        await simulators.PassAsync(TimeSpan.FromSeconds(1));
        await simulators.PassAsync(TimeSpan.FromSeconds(1));
        await HearsAsync("DDATA songyuan", 1);
        await AskAsync(host);
        await HearsAsync("DBIRTH other", 2);

        Assert.Equal(
            Enumerable.Range(0, 3).Select(i => (byte?)i), _heard.SkipWhile(m => m.Topic.Verb != SparkplugVerb.NBirth).Take(3)
                .Select(m => m.Payload.Sequence));
        var birth = _heard.Last(m => m.Topic is { Verb: SparkplugVerb.DBirth, Device: "songyuan" }).Payload;
        var flow = birth.Metrics.Single(m => m.Name == "Air/Flow");
        Assert.Equal((SparkplugDataType.Double, "m3/min"), (flow.Type, flow.Unit));
        Assert.Equal(simulators.Bench.Register("songyuan", "AccumulatedVolume"), birth.Metrics.Single(m => m.Name == "Air/Total")
            .Value.Number(SparkplugDataType.Double));
        var data = _heard.First(m => m.Topic is { Verb: SparkplugVerb.DData, Device: "songyuan" }).Payload;
        Assert.All(data.Metrics, m => Assert.Null(m.Name));
        Assert.Contains(data.Metrics, m => m.Alias == flow.Alias);
        Assert.All(data.Metrics, m => Assert.InRange(m.Timestamp ?? 0, 1UL, (ulong)simulators.Runner.Instant.ToUnixTimeMilliseconds()));
        Assert.True(simulators.Bench.ServedBy("songyuan") > 0);
    }

    [Fact]
    public async Task A_meter_that_falls_silent_dies_and_is_born_again()
    {
        await using var simulators = await StartAsync();
        using var host = await HostAsync(simulators);
        await AskAsync(host);
        await HearsAsync("DBIRTH songyuan", 1);

        simulators.Fleet["songyuan"].Disturbances.Set("gone", new(DisturbanceKind.Silence));
        await simulators.PassAsync(TimeSpan.FromSeconds(2));
        await HearsAsync("DDEATH songyuan", 1);
        simulators.Fleet["songyuan"].Disturbances.Clear("gone");
        var births = Count("DBIRTH songyuan");
        await simulators.PassAsync(TimeSpan.FromSeconds(2));
        await HearsAsync("DBIRTH songyuan", births + 1);

        Assert.Equal(1, Count("DDEATH songyuan"));
        Assert.Equal(0, Count("DDEATH other"));
    }

    [Fact]
    public async Task A_broker_that_takes_the_connection_and_says_nothing_is_tried_again()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using var simulators = await Running.StartAsync(
            [.. Device(0, "songyuan", "Park/hall-3/songyuan"), "--broker:embedded", "false", "--broker:port", $"{port}"]);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var clients = new List<TcpClient>();
        for (var tries = 0; tries < 2;)
        {
            var client = await silent.AcceptTcpClientAsync(deadline.Token);
            clients.Add(client);
            var bytes = new byte[512];
            var length = await client.GetStream().ReadAsync(bytes, deadline.Token);
            if (Encoding.ASCII.GetString(bytes, 0, length).Contains("Park-hall-3", StringComparison.Ordinal)) tries++;
        }
        foreach (var client in clients) client.Dispose();
    }

    [Theory]
    [InlineData("Park/hall-3")]
    [InlineData("Park/hall-3/a/b")]
    public void A_place_that_is_none_is_refused(string topic)
    {
        var mistake = Assert.ThrowsAny<Exception>(() => SimulatorApp.Build(Device(0, "songyuan", topic))).Message;

        Assert.Contains("GROUP/NODE/DEVICE", mistake, StringComparison.Ordinal);
    }

    private static Task<Running> StartAsync() =>
        Running.StartAsync([.. Device(0, "songyuan", "Park/hall-3/songyuan"), .. Device(1, "other", "Park/hall-3/other")]);

    private static string[] Device(int index, string id, string topic) =>
    [
        $"--fleet:devices:{index}:id", id, $"--fleet:devices:{index}:profile", "sparkplug-flow", $"--fleet:devices:{index}:topic", topic,
        $"--fleet:devices:{index}:points:VolumeFlowRate:value", "1", $"--fleet:devices:{index}:points:VolumeFlowRate:to", "100",
    ];

    private async Task<IMqttClient> HostAsync(Running simulators)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e =>
        {
            if (SparkplugTopic.Parse(e.ApplicationMessage.Topic) is { Verb: not SparkplugVerb.NCmd } topic)
                _heard.Enqueue((topic, SparkplugPayload.Decode(e.ApplicationMessage.Payload.ToArray())));
            return Task.CompletedTask;
        };
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithClientId("host").WithTcpServer("127.0.0.1", simulators.BrokerPort).Build());
        await client.SubscribeAsync("spBv1.0/Park/#", MqttQualityOfServiceLevel.AtLeastOnce);
        return client;
    }

    private static async Task AskAsync(IMqttClient host) => await host.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic("spBv1.0/Park/NCMD/hall-3").WithPayload(SparkplugPayload.RebirthRequest(1).Encode()).Build());

    private int Count(string verb) =>
        _heard.Count(m => $"{m.Topic.Verb} {m.Topic.Device}".Equals(verb, StringComparison.OrdinalIgnoreCase));

    private Task HearsAsync(string verb, int times) => Eventually.IsTrueAsync(() => Count(verb) >= times, $"{verb} {times} times");
}
