using System.Net;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Edge.Tests.Drivers.Dlt645;
using AirIsland.Edge.Tests.Drivers.Sparkplug;
using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Edge.Tests.Health;

/// <summary>What drivers take down about their devices, other than Modbus.</summary>
public class DeviceHealthTests
{
    private const string Energy = "00010000";

    [Fact]
    public async Task A_meter_that_answers_and_one_that_does_not_are_told_apart()
    {
        var meter = new DltMeter(
            MeterAddress.Parse(MeterSite.Asked), DltEdition.Edition2007,
            new Dictionary<DltIdentifier, Func<decimal?>> { [DltIdentifier.Parse(Energy)] = () => 1206.42m });
        await using var server = DltServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new DltMeters([meter]));
        var rest = TimeSpan.FromSeconds(60);
        await using var site = new MeterSite(
            MeterSite.Patient with { Timeout = TimeSpan.FromSeconds(1), ShortestRest = rest, LongestRest = rest });
        var refused = MeterSite.Map(MeterSite.Level("Energy", Energy), MeterSite.Level("Reverse", "00020000"));

        await site.ReadAsync(
            s => MeterSite.Readings(s, "good").Count >= 10 && MeterSite.Readings(s, "dead").Count > 0,
            (MeterSite.Device("good", MeterSite.Asked, server.Endpoint.Port), refused),
            (MeterSite.Device("dead", MeterSite.Other, server.Endpoint.Port), MeterSite.Map(MeterSite.Level("Energy", Energy))));

        var good = site.Health.Find("good")!;
        Assert.Equal((DeviceState.Working, 1, 0), (good.State, good.Failures, good.Timeouts));
        Assert.True(good.Requests >= 5 && good.RoundTrip > TimeSpan.Zero && good.LastAnswer is not null, $"{good}");
        var dead = site.Health.Find("dead")!;
        Assert.Equal((DeviceState.Resting, 1, 1, 1), (dead.State, dead.Requests, dead.Failures, dead.Timeouts));
        Assert.Null(dead.LastAnswer);
        Assert.Null(dead.RoundTrip);

        await site.Driver.ApplyAsync([]);
        Assert.Empty(site.Health.Devices);
    }

    [Fact]
    public async Task Frames_that_answer_nothing_are_the_strays_of_the_meter_that_was_asked()
    {
        await using var line = new ScriptedLine(async (request, send) =>
        {
            var other = new DltFrame(MeterAddress.Parse(MeterSite.Other), request.Control, request.Data.Span);
            await send([.. ScriptedLine.Answer(other, Energy, 1), .. ScriptedLine.Answer(request, Energy, 1206.42m)]);
        });
        await using var site = new MeterSite();

        await site.ReadAsync(
            s => s.Count >= 3, (MeterSite.Device("meter", MeterSite.Asked, line.Port), MeterSite.Map(MeterSite.Level("Energy", Energy))));

        var meter = site.Health.Find("meter")!;
        Assert.InRange(meter.Strays, 3, meter.Requests);
        Assert.Equal(0, meter.Failures);
    }

    [ExternalFact("mosquitto")]
    public async Task A_device_that_speaks_of_its_own_accord_works_while_it_is_heard()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new MqttRun(broker.Port);
        await run.IsConnectedAsync();
        Assert.Null(run.Health.Find("meter")!.LastAnswer);
        await broker.PublishAsync("site/meter/level", """{"ts":1,"flow":1,"inner":{"pressure":1}}""");
        await broker.PublishAsync("site/meter/level", "rubbish");
        await run.SeesAsync(r => r.Health.Find("meter")!.Failures == 1, "a message that cannot be read");

        var heard = run.Health.Find("meter")!;
        Assert.NotNull(heard.LastAnswer);
        Assert.Equal((DeviceState.Working, 0, null), (heard.State, heard.Requests, heard.RoundTrip));

        await broker.KillAsync();
        await run.SeesAsync(r => r.Health.Find("meter")!.State == DeviceState.Resting, "the loss of the broker");
        await broker.RunAsync();
        await run.SeesAsync(r => r.Log.All.Count(l => l.EndsWith("was connected", StringComparison.Ordinal)) == 2, "the connection");
        await broker.PublishAsync("site/meter/level", """{"ts":2,"flow":1,"inner":{"pressure":1}}""");
        await run.SeesAsync(r => r.Health.Find("meter")!.State == DeviceState.Working, "a message");

        // The same device again goes on, with all that is known of it.
        await run.ApplyAsync(MqttRun.Tags);
        Assert.Equal(1, run.Health.Find("meter")!.Failures);
        await run.ApplyAsync(Site.Tags());
        Assert.Empty(run.Health.Devices);
    }

    [ExternalFact("mosquitto")]
    public async Task A_Sparkplug_device_works_from_birth_to_death()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        Assert.Null(run.Health.Find("meter")!.LastAnswer);
        await node.BearAsync(1000);
        await node.SendAsync("spBv1.0/Plant/DDATA/gate/meter", [1, 2, 3]);
        await run.SeesAsync(r => r.Health.Find("meter")!.Failures == 1, "a message that cannot be read");

        var born = run.Health.Find("meter")!;
        Assert.NotNull(born.LastAnswer);
        Assert.Equal((DeviceState.Working, 0, null), (born.State, born.Requests, born.RoundTrip));
        await node.SendAsync(node.Session.DeviceDeath("meter", 2000));
        await run.SeesAsync(r => r.Health.Find("meter")!.State == DeviceState.Resting, "the death");
        Assert.Equal((DeviceState.Working, 0), (run.Health.Find("other")!.State, run.Health.Find("other")!.Failures));
        await node.BearAsync(3000);
        await run.SeesAsync(r => r.Health.Find("meter")!.State == DeviceState.Working, "the birth");

        node.Break();
        await run.SeesAsync(r => r.Health.Devices.All(d => d.State == DeviceState.Resting), "the death of the node");
        await run.Driver.ApplyAsync(SparkplugRun.Tags.Devices);
        Assert.Equal(1, run.Health.Find("meter")!.Failures);
        await run.Driver.ApplyAsync([]);
        Assert.Empty(run.Health.Devices);
    }
}
