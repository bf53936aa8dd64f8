using System.Collections.Concurrent;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Tests.Drivers;

public class MqttDriverRedeliveryTests
{
    private const string Level = "site/meter/level";

    [Fact]
    public async Task What_a_broker_delivers_again_without_saying_so_is_known_and_an_earlier_instant_is_not()
    {
        // It leaves the DUP flag away.
        await using var broker = await TestBroker.StartAsync();
        var durable = new ConcurrentDictionary<string, RecentInstants>();
        await using (var first = new MqttRun(MqttRun.Broker(broker.Port), durable, isAcknowledging: false))
        {
            await first.IsConnectedAsync();
            foreach (var instant in new[] { 1000, 2000, 3000 }) await PublishAsync(instant);
            await first.SeesAsync(r => r.Good.Count == 3, "three messages, made durable, not acknowledged");
        }
        // Else it may send the next connection's messages on the one that is going: its sessions have one queue.
        await Eventually.HoldsAsync(() => broker.Left > 0, "the broker knows that the first is gone");

        await using var second = new MqttRun(MqttRun.Broker(broker.Port), durable);
        await second.SeesAsync(r => r.Status.Redelivered >= 3, "the three again");
        await PublishAsync(1500);
        await second.SeesAsync(r => r.Good.Count > 0, "one of a clock that was set back");

        Assert.Equal([1500], second.Good.Select(s => s.Instant));

        Task PublishAsync(long instant) =>
            broker.PublishAsync(Level, $$$"""{"ts":{{{instant}}},"flow":1,"inner":{"pressure":0.7}}""");
    }
}
