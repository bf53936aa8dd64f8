using System.Globalization;
using AirIsland.Edge.Tests.Drivers;

namespace AirIsland.Edge.Tests.Northbound;

/// <summary>What the edge node makes of a broker that does not answer, or throws it out.</summary>
public sealed class NodeBrokerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _other = new();

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_broker_that_does_not_confirm_the_subscriptions_is_left_in_time() // telegraf #16038
    {
        var never = new TaskCompletionSource();
        await using var broker = await TestBroker.StartAsync(server => server.InterceptingSubscriptionAsync += _ => never.Task);
        var options = MqttRun.Broker(broker.Port) with { Timeout = TimeSpan.FromMilliseconds(300) };
        await using var run = await NorthboundRun.StartAsync(options, _folder);

        await Eventually.HoldsAsync(() => run.Log.Warnings.Any(), "a failure");

        Assert.Contains("did not confirm the subscriptions within 00:00:00.3", run.Log.Warnings.First(), StringComparison.Ordinal);
        never.SetResult();
    }

    [ExternalFact("mosquitto")]
    public async Task Two_nodes_with_one_id_come_back_ever_later_and_say_so_once() // thin-edge.io #4163
    {
        await using var broker = await Mosquitto.StartAsync();
        var options = MqttRun.Broker(broker.Port) with
        {
            ShortestRest = TimeSpan.FromMilliseconds(50),
            LongestRest = TimeSpan.FromSeconds(5),
        };
        var from = TimeProvider.System.GetTimestamp();
        await using var one = await NorthboundRun.StartAsync(options, _folder);
        await using var two = await NorthboundRun.StartAsync(options, _other);

        await Eventually.HoldsAsync(() => Connections() >= 7, "seven connections");

        // Rests of 50, 100, 200, 400, 800 and 1600 ms lie between, each shortened by a fifth at most.
        Assert.InRange(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds, 0.8 * 3150, double.MaxValue);
        Assert.Contains("another client may use the id 'scada-test'", Assert.Single(one.Log.Warnings), StringComparison.Ordinal);

        // The first has the number 0.
        int Connections() => File.Exists(_folder.File("sparkplug-birth-number"))
            ? int.Parse(File.ReadAllText(_folder.File("sparkplug-birth-number")), CultureInfo.InvariantCulture) + 1 : 0;
    }
}
