using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AirIsland.Edge.Metering;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace AirIsland.Edge.Tests.Drivers;

public class MqttDriverRedeliveryTests
{
    private const string Level = "site/meter/level";

    [Fact]
    public async Task What_a_broker_delivers_again_without_saying_so_is_known_and_an_earlier_instant_is_not()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        // MQTTnet's server leaves the DUP flag away.
        using var broker = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port)
            .WithPersistentSessions().Build());
        await broker.StartAsync();
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await using (var first = new MqttRun(MqttRun.Broker(port), durable, isAcknowledging: false))
        {
            await first.SeesAsync(r => r.Log.All.Any(l => l.EndsWith("was connected", StringComparison.Ordinal)), "the connection");
            foreach (var instant in new[] { 1000, 2000, 3000 }) await PublishAsync(instant);
            await first.SeesAsync(r => r.Good.Count == 3, "three messages, made durable, not acknowledged");
        }

        await using var second = new MqttRun(MqttRun.Broker(port), durable);
        await second.SeesAsync(r => r.Status.Redelivered == 3, "the three again");
        await PublishAsync(1500);
        await second.SeesAsync(r => r.Good.Count > 0, "one of a clock that was set back");

        Assert.Equal([1500], second.Good.Select(s => s.Instant));
        Assert.Equal(3, second.Status.Redelivered);

        Task PublishAsync(long instant) => broker.InjectApplicationMessage(new InjectedMqttApplicationMessage(
            new MqttApplicationMessageBuilder().WithTopic(Level)
                .WithPayload($$$"""{"ts":{{{instant}}},"flow":1,"inner":{"pressure":0.7}}""")
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build()));
    }
}
