using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using AirIsland.Fieldbus.Sparkplug;
using MQTTnet;
using MQTTnet.Protocol;

namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

/// <summary>An edge node that does exactly what a test says, and keeps what it hears of hosts.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<(string Topic, byte[] Payload, bool IsRetained)> _heard = new();

    private TestNode(byte birthNumber)
    {
        Session = new("Plant", "gate", birthNumber);
        _client.ApplicationMessageReceivedAsync += e =>
        {
            _heard.Enqueue((e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray(), e.ApplicationMessage.Retain));
            return Task.CompletedTask;
        };
    }

    public EdgeNodeSession Session { get; }

    public int RebirthRequests =>
        _heard.Count(m => m.Topic == "spBv1.0/Plant/NCMD/gate" && SparkplugPayload.Decode(m.Payload).AsksForRebirth);

    public IEnumerable<(string Text, bool IsRetained)> States => StatesOf("air");

    public static async Task<TestNode> ConnectAsync(int port, byte birthNumber = 0, string clientId = "gate")
    {
        var node = new TestNode(birthNumber);
        var death = node.Session.Death(1);
        await node._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId(clientId)
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithWillTopic(death.Topic.ToString()).WithWillPayload(death.Payload)
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build());
        await node._client.SubscribeAsync("spBv1.0/Plant/NCMD/#", MqttQualityOfServiceLevel.AtLeastOnce);
        await node._client.SubscribeAsync("spBv1.0/STATE/#", MqttQualityOfServiceLevel.AtLeastOnce);
        return node;
    }

    public IEnumerable<(string Text, bool IsRetained)> StatesOf(string host) =>
        _heard.Where(m => m.Topic == $"spBv1.0/STATE/{host}").Select(m => (Encoding.UTF8.GetString(m.Payload), m.IsRetained));

    /// <summary>Metrics named by <c>name:alias</c> in a birth, where values are doubles.</summary>
    public static SparkplugMetric Metric(string name, ulong alias, double value, ulong time) => new()
    {
        Name = name,
        Alias = alias,
        Timestamp = time,
        Type = SparkplugDataType.Double,
        Value = MetricValue.Of(value),
    };

    /// <summary>A value by its alias alone.</summary>
    public static SparkplugMetric Value(ulong alias, double value, ulong time) =>
        new() { Alias = alias, Timestamp = time, Value = MetricValue.Of(value) };

    /// <summary>Births of the node and of both meters: flow, pressure and total have the aliases 1 to 3 and 11 to 13.</summary>
    public async Task BearAsync(ulong time, double flow = 1, double pressure = 0.7, double total = 100)
    {
        await SendAsync(Session.Birth(time, []));
        await SendAsync(Session.DeviceBirth("meter", time, All(0)));
        await SendAsync(Session.DeviceBirth("other", time, All(10)));

        SparkplugMetric[] All(ulong first) =>
        [
            Metric("Inputs/Flow", first + 1, flow, time), Metric("Inputs/Pressure", first + 2, pressure, time),
                Metric("Total", first + 3, total, time),
        ];
    }

    public Task DataAsync(ulong time, params SparkplugMetric[] metrics) => SendAsync(Session.DeviceData("meter", time, metrics));

    public Task SendAsync(SparkplugMessage message) => SendAsync(message.Topic.ToString(), message.Payload);

    public Task SendAsync(string topic, byte[] payload, bool retain = false) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(topic).WithPayload(payload).WithRetainFlag(retain).Build());

    /// <summary>The connection breaks, so that the broker sends the will.</summary>
    public void Break() => _client.Dispose();

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
