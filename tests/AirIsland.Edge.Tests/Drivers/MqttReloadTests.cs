using AirIsland.Edge.Drivers.Mqtt;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>Settings that change while the connection is in trouble.</summary>
public class MqttReloadTests : ISourceMarks
{
    private static readonly DeviceProfile Meter = Site.Mqtt(Site.Level("VolumeFlowRate", 0) with { Path = "flow" });

    public RecentInstants Recent(string key) => new();

    [Fact]
    public async Task After_a_reload_nothing_is_said_of_a_device_that_is_gone() // OpenEMS #3875
    {
        var health = new HealthBoard(TimeProvider.System);
        // Nobody listens there: every device becomes Bad, which is more than the queue holds.
        await using var driver = new MqttDriver(
            MqttRun.Broker(1), this, TimeProvider.System, new(new(), health, new LogLines<MqttDriver>()));
        await driver.ApplyAsync(Tags([.. Enumerable.Range(0, 100).Select(i => $"m-{i}")]).Devices);
        using var stop = new CancellationTokenSource();
        await using var scans = driver.Read(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await scans.MoveNextAsync());
        await Eventually.HoldsAsync(() => health.Devices.Count(d => d.State == DeviceState.Resting) > 60, "as many as the queue holds");

        var reload = driver.ApplyAsync(Tags("m-0").Devices);
        while (!reload.IsCompleted)
        {
            var next = scans.MoveNextAsync().AsTask();
            if (await Task.WhenAny(next, reload) == reload) stop.CancelAfter(TimeSpan.FromSeconds(2));
            if (!await next) continue;
            await Task.WhenAny(reload, Task.Delay(20));
            // What was handed out before the settings changed is done with before the reload is over.
            if (reload.IsCompleted) Assert.Equal("m-0/fast", scans.Current.Group);
        }
        await reload;
        stop.CancelAfter(TimeSpan.FromSeconds(2));
        while (await scans.MoveNextAsync()) Assert.Equal("m-0/fast", scans.Current.Group);
    }

    [Fact]
    public async Task Fifty_reloads_while_the_broker_does_not_answer_do_not_fail() // OpenEMS #3875
    {
        var never = new TaskCompletionSource();
        await using var broker = await TestBroker.StartAsync(server => server.InterceptingSubscriptionAsync += _ => never.Task);
        var options = MqttRun.Broker(broker.Port) with
        {
            Timeout = TimeSpan.FromMilliseconds(100),
            ShortestRest = TimeSpan.FromMilliseconds(10),
            LongestRest = TimeSpan.FromMilliseconds(20),
        };
        await using var run = new MqttRun(options, tags: Tags("one"));
        // At once, so that some still ask when the connection is given up.
        for (var round = 0; round < 5; round++)
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => run.ApplyAsync(i % 2 == 0 ? Tags("one", "two") : Tags("two", "three"))));

        await run.SeesAsync(r => r.Log.Warnings.Any(), "that it does not answer");

        Assert.False(run.Reading.IsCompleted);
        Assert.Contains("the broker did not ", run.Log.Warnings.First(), StringComparison.Ordinal);
        never.SetResult();
    }

    private static TagTable Tags(params string[] ids) =>
        Site.Tags([.. ids.Select(id => (new DeviceOptions { Id = id, Asset = id, Topic = $"site/{id}" }, Meter))]);
}
