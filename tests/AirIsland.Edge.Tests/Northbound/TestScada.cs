using System.Buffers;
using System.Collections.Concurrent;
using AirIsland.Fieldbus.Sparkplug;
using MQTTnet;
using MQTTnet.Protocol;

namespace AirIsland.Edge.Tests.Northbound;

/// <summary>Hears all that is said in the namespace, as it was published, and speaks as a host when told to.</summary>
internal sealed class TestScada : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<Heard> _heard = new();

    public sealed record Heard(SparkplugTopic Topic, byte[] Bytes, int Quality, bool IsRetained)
    {
        public SparkplugPayload Payload { get; } = SparkplugPayload.Decode(Bytes);
    }

    public IReadOnlyList<Heard> All => [.. _heard];

    /// <summary>In the order they came, e.g. <c>NBIRTH</c>, <c>DDATA hall</c>.</summary>
    public IEnumerable<string> Verbs => _heard.Select(m => $"{m.Topic.Verb.ToString().ToUpperInvariant()} {m.Topic.Device}".TrimEnd());

    public static async Task<TestScada> ConnectAsync(int port)
    {
        var scada = new TestScada();
        scada._client.ApplicationMessageReceivedAsync += e =>
        {
            var message = e.ApplicationMessage;
            if (SparkplugTopic.Parse(message.Topic) is { Verb: not SparkplugVerb.NCmd } topic)
                scada._heard.Enqueue(new(topic, message.Payload.ToArray(), (int)message.QualityOfServiceLevel, message.Retain));
            return Task.CompletedTask;
        };
        await scada._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("scada")
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).Build());
        await scada._client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter("spBv1.0/#", MqttQualityOfServiceLevel.ExactlyOnce, false, true).Build());
        return scada;
    }

    /// <summary>The metrics of a device's data as <c>alias@instant=value</c>, with <c>late</c> for historical ones.</summary>
    public IEnumerable<string> DataOf(string device) =>
        from message in _heard
        where message.Topic.Verb == SparkplugVerb.DData && message.Topic.Device == device
        from metric in message.Payload.Metrics
        select $"{metric.Alias}@{metric.Timestamp}={metric.Value.Number(SparkplugDataType.Double)}{(metric.IsHistorical ? " late" : "")}";

    public Task HearsAsync(string verb, int times = 1) =>
        Eventually.HoldsAsync(() => Verbs.Count(v => v == verb) >= times, $"{verb} {times} times in: {string.Join(", ", Verbs)}");

    public Task AskForBirthsAsync() => PublishAsync("spBv1.0/Park/NCMD/station", SparkplugPayload.RebirthRequest(1).Encode(), false);

    public Task SayAsync(bool isOnline, long timestamp, bool retain = true) =>
        PublishAsync(HostState.Topic("scada"), new HostState(isOnline, timestamp).Encode(), retain);

    public Task PublishAsync(string topic, byte[] payload, bool retain) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(topic).WithPayload(payload).WithRetainFlag(retain).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build());

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
