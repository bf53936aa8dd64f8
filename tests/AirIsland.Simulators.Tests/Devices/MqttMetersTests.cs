using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using AirIsland.Simulators.Devices.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace AirIsland.Simulators.Tests.Devices;

public sealed class MqttMetersTests
{
    [ExternalFact("mosquitto_sub")]
    public async Task Mosquitto_sees_the_meters_of_the_station()
    {
        await using var simulators = await Running.StartAsync();
        var listening = ListenAsync(simulators, messages: 6);
        await HeardAsync(simulators, listening);

        var (exitCode, output) = await listening;

        Assert.Equal(0, exitCode);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var level = Message(lines, "moushan/songyuan/flow/level");
        Assert.InRange(level.GetProperty("flow").GetDecimal(), 15m, 30m);
        Assert.InRange(level.GetProperty("pressure").GetDecimal(), 0.55m, 0.8m);
        Assert.InRange(level.GetProperty("temperature").GetDecimal(), 10m, 40m);
        Assert.InRange(Message(lines, "moushan/header/dewpoint/level").GetProperty("dewPoint").GetDecimal(), 0m, 10m);
        Assert.Equal(0, DateTimeOffset.Parse(level.GetProperty("ts").GetString() ?? "", CultureInfo.InvariantCulture).Millisecond);
        Assert.EndsWith("Z", level.GetProperty("ts").GetString());
    }

    [ExternalFact("mosquitto_sub")]
    public async Task The_register_is_published_on_the_minute_as_the_display_shows_it()
    {
        await using var simulators = await Running.StartAsync();
        var listening = ListenAsync(simulators, messages: 1, "moushan/songyuan/flow/register");
        await HeardAsync(simulators, listening);

        var (_, output) = await listening;

        var register = Message(output.Split('\n'), "moushan/songyuan/flow/register");
        var instant = DateTimeOffset.Parse(register.GetProperty("ts").GetString() ?? "", CultureInfo.InvariantCulture);
        Assert.Equal(0, instant.Second);
        var shown = simulators.Bench.Register("songyuan-flow", "AccumulatedVolume");
        Assert.InRange(register.GetProperty("total").GetDecimal(), shown - 200, shown);
    }

    [Fact]
    public async Task Only_what_somebody_subscribed_to_counts_as_served()
    {
        await using var simulators = await Running.StartAsync();
        var publisher = simulators.Get<MeterPublisher>();
        await simulators.PassAsync(TimeSpan.FromSeconds(10));
        // The start is a whole minute: 1 register, 11 flow levels, 6 dew-point levels.
        await Eventually.IsTrueAsync(() => publisher.Unheard == 18, "18 messages went out");
        Assert.Equal(0, simulators.Bench.ServedSamples);

        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithClientId("edge").WithTcpServer("127.0.0.1", simulators.BrokerPort).Build());
        await client.SubscribeAsync("moushan/songyuan/flow/level", MqttQualityOfServiceLevel.AtLeastOnce);
        await simulators.PassAsync(TimeSpan.FromSeconds(10));

        await Eventually.IsTrueAsync(() => simulators.Bench.ServedBy("songyuan-flow") == 30, "10 messages of 3 values were heard");
        Assert.Equal(30, simulators.Bench.ServedSamples);
    }

    [Fact]
    public async Task Messages_wait_in_order_while_the_broker_is_away()
    {
        await using var simulators = await Running.StartAsync("--broker:embedded", "false");
        for (var i = 0; i < 12; i++) await simulators.PassAsync(TimeSpan.FromSeconds(10));
        var heard = new ConcurrentQueue<string>();
        using var broker = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
                .WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(simulators.BrokerPort).Build());
        broker.InterceptingPublishAsync += message =>
        {
            if (message.ApplicationMessage.Topic == "moushan/songyuan/flow/level")
                heard.Enqueue(InstantOf(message.ApplicationMessage));
            return Task.CompletedTask;
        };

        await broker.StartAsync();

        await Eventually.IsTrueAsync(() => heard.Count == 121, "121 seconds were published");
        Assert.Equal("2026-03-09T21:30:00.000Z", heard.First());
        Assert.Equal("2026-03-09T21:32:00.000Z", heard.Last());
        Assert.Equal(heard.Order(StringComparer.Ordinal), heard);
        Assert.Equal(0, simulators.Get<MeterOutbox>().Dropped);
    }

    [Fact]
    public async Task The_embedded_broker_keeps_what_an_absent_subscriber_misses()
    {
        await using var simulators = await Running.StartAsync();
        var heard = new ConcurrentQueue<string>();
        using (var before = await SubscribeAsync(heard)) await before.DisconnectAsync();
        for (var i = 0; i < 30; i++) await simulators.PassAsync(TimeSpan.FromSeconds(10));
        await Eventually.IsTrueAsync(() => simulators.Bench.ServedBy("songyuan-flow") >= 300 * 3, "the broker took 300 messages");

        using var after = await SubscribeAsync(heard);

        await Eventually.IsTrueAsync(() => heard.Count >= 300, "300 messages were kept");
        Assert.Equal(heard.Order(StringComparer.Ordinal), heard);
        Assert.Equal("2026-03-09T21:35:00.000Z", heard.Last());

        async Task<IMqttClient> SubscribeAsync(ConcurrentQueue<string> into)
        {
            var client = new MqttClientFactory().CreateMqttClient();
            client.ApplicationMessageReceivedAsync += message =>
            {
                into.Enqueue(InstantOf(message.ApplicationMessage));
                return Task.CompletedTask;
            };
            await client.ConnectAsync(new MqttClientOptionsBuilder().WithClientId("edge").WithTcpServer("127.0.0.1", simulators.BrokerPort)
                .WithCleanStart(false).WithSessionExpiryInterval(3600).Build());
            await client.SubscribeAsync("moushan/songyuan/flow/level", MqttQualityOfServiceLevel.AtLeastOnce);
            return client;
        }
    }

    [Fact]
    public void A_full_memory_loses_the_oldest_and_counts_it()
    {
        var plant = Demo.At(9);
        var outbox = new MeterOutbox();

        for (var i = 0; i < 20_005; i++) outbox.Add(new(plant.Devices["songyuan-flow"], $"{i}", [], 1));

        Assert.Equal(5, outbox.Dropped);
        Assert.True(outbox.Messages.TryRead(out var oldest));
        Assert.Equal("5", oldest.Topic);
    }

    private static Task<(int ExitCode, string Output)> ListenAsync(Running simulators, int messages, string topic = "moushan/#") =>
        ExternalProgram.RunAsync(
            "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{simulators.BrokerPort}", "-i", "stranger", "-q", "1", "-v", "-C", $"{messages}",
            "-W", "20", "-t", topic);

    /// <summary>Lets time pass until the listener has heard enough and is gone.</summary>
    private static async Task HeardAsync(Running simulators, Task listening)
    {
        for (var i = 0; i < 400 && !listening.IsCompleted; i++)
        {
            await simulators.PassAsync(TimeSpan.FromSeconds(10));
            await Task.WhenAny(listening, Task.Delay(50));
        }
    }

    private static string InstantOf(MqttApplicationMessage message) =>
        JsonDocument.Parse(message.ConvertPayloadToString()).RootElement.GetProperty("ts").GetString() ?? "";

    // The last one: a meter's first message may be of the moment before the plant moved.
    private static JsonElement Message(string[] lines, string topic) =>
        JsonDocument.Parse(lines.Last(line => line.StartsWith(topic + " ", StringComparison.Ordinal))[(topic.Length + 1)..]).RootElement;
}
