using AirIsland.Fieldbus.Sparkplug;
using CsCheck;

namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

public class SparkplugSessionTests
{
    private const string Flow = "meter/VolumeFlowRate";
    private const string OtherFlow = "other/VolumeFlowRate";
    private const string Lost = "Bad/Communication";

    // tck-id-operational-behavior-edge-node-termination-host-action-ndeath-devices-offline
    [ExternalFact("mosquitto")]
    public async Task A_node_that_breaks_off_takes_its_devices_with_it_once()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port, birthNumber: 3);
        await node.BearAsync(1000);
        await run.SeesAsync(r => r.Of(OtherFlow).Contains("1000=1000 Good"), "the births");

        node.Break();
        await run.SeesAsync(r => r.Of(OtherFlow).Contains(Lost), "the death");
        await using var again = await TestNode.ConnectAsync(broker.Port, birthNumber: 4);
        await again.SendAsync("spBv1.0/Plant/NDEATH/gate", new EdgeNodeSession("Plant", "gate", 3).Death(1).Payload);
        await again.BearAsync(2000);
        await run.SeesAsync(r => r.Of(OtherFlow).Contains("2000=1000 Good"), "the births after it");

        Assert.Equal(["1000=1000 Good", Lost, "2000=1000 Good"], run.Of(Flow));
        Assert.Equal(["1000=1000 Good", Lost, "2000=1000 Good"], run.Of(OtherFlow));
    }

    // tck-id-payloads-ndeath-bdseq
    [ExternalFact("mosquitto")]
    public async Task The_death_of_an_earlier_session_counts_for_nothing()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port, birthNumber: 0);
        await node.BearAsync(1000);

        await node.SendAsync("spBv1.0/Plant/NDEATH/gate", new EdgeNodeSession("Plant", "gate", 255).Death(1).Payload);
        await node.DataAsync(2000, TestNode.Value(1, 2, 2000));
        await run.SeesAsync(r => r.Of(Flow).Contains("2000=2000 Good"), "the data after it");

        Assert.DoesNotContain(Lost, run.Of(Flow));
        Assert.Equal(1, run.Counts.Ignored);
    }

    [ExternalFact("mosquitto")]
    public async Task The_death_of_a_device_leaves_the_others_alone()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await node.BearAsync(1000);

        await node.SendAsync(node.Session.DeviceDeath("other", 2000));
        await node.DataAsync(3000, TestNode.Value(1, 2, 3000));
        await run.SeesAsync(r => r.Of(Flow).Contains("3000=2000 Good"), "the data");

        Assert.Equal(["1000=1000 Good", Lost], run.Of(OtherFlow));
        Assert.DoesNotContain(Lost, run.Of(Flow));
    }

    // tck-id-operational-behavior-host-reordering-success
    [ExternalFact("mosquitto")]
    public async Task A_message_that_comes_late_is_put_in_order()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await node.BearAsync(1000);
        await run.SeesAsync(r => r.Of(OtherFlow).Any(v => v.Contains('=')), "the births");
        var asked = node.RebirthRequests;
        var late = node.Session.DeviceData("meter", 2000, [TestNode.Value(1, 2, 2000)]);

        await node.DataAsync(3000, TestNode.Value(1, 3, 3000));
        await node.DataAsync(4000, TestNode.Value(1, 4, 4000));
        await node.SendAsync(late);
        await run.SeesAsync(r => r.Of(Flow).Contains("4000=4000 Good"), "all of them");

        Assert.Equal(["1000=1000 Good", "2000=2000 Good", "3000=3000 Good", "4000=4000 Good"], run.Of(Flow));
        Assert.Equal((asked, 0), (node.RebirthRequests, run.Counts.Gaps));
    }

    // tck-id-operational-behavior-host-reordering-rebirth
    [ExternalFact("mosquitto")]
    public async Task A_message_that_stays_missing_leads_to_a_request_for_births_and_nothing_behind_it_is_decoded()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port, rebirthPause: TimeSpan.FromSeconds(1));
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await node.BearAsync(1000);
        await run.SeesAsync(r => r.Of(OtherFlow).Any(v => v.Contains('=')), "the births");
        var asked = node.RebirthRequests;

        // The births that give alias 1 to the pressure are the messages that are lost.
        _ = node.Session.DeviceBirth("meter", 2000, []);
        await node.DataAsync(3000, TestNode.Value(1, 0.6, 3000));
        await Eventually.HoldsAsync(() => node.RebirthRequests > asked, "the request");
        await node.DataAsync(3500, TestNode.Value(1, 0.6, 3500));
        await node.BearAsync(4000, flow: 4);
        await run.SeesAsync(r => r.Of(Flow).Contains("4000=4000 Good"), "the births after it");

        Assert.Equal(["1000=1000 Good", "4000=4000 Good"], run.Of(Flow).Where(v => v != Lost));
        Assert.Equal((1, 2), (run.Counts.Gaps, run.Counts.Unborn));
    }

    // telegraf PR#7177
    [ExternalFact("mosquitto")]
    public async Task A_retained_message_counts_for_nothing()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using (var careless = await TestNode.ConnectAsync(broker.Port))
        {
            await careless.SendAsync("spBv1.0/Plant/NBIRTH/gate", careless.Session.Birth(1, []).Payload, retain: true);
            await careless.SendAsync(
                "spBv1.0/Plant/DBIRTH/gate/meter",
                careless.Session.DeviceBirth("meter", 1, [TestNode.Metric("Inputs/Flow", 1, 1, 1)]).Payload, retain: true);
        }
        await using var run = new SparkplugRun(broker.Port, rebirthPause: TimeSpan.FromSeconds(1));
        await run.IsConnectedAsync();
        await run.SeesAsync(r => r.Of(Flow).Any(), "that nobody was born");

        Assert.Equal([Lost], run.Of(Flow));
    }

    // telegraf#14671
    [ExternalFact("mosquitto")]
    public async Task No_bytes_end_the_stream_and_the_unreadable_is_counted()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = new SparkplugRun(broker.Port);
        await run.IsConnectedAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        await node.BearAsync(1000);

        string[] verbs = ["NBIRTH/gate", "NDATA/gate", "NDEATH/gate", "DBIRTH/gate/meter", "DDATA/gate/meter", "DDEATH/gate/meter",
            "NCMD/gate", "X/y"];
        foreach (var (verb, bytes) in Gen.Select(Gen.OneOf(verbs), Gen.Byte.Array[0, 60]).Array[400].Single())
            await node.SendAsync($"spBv1.0/Plant/{verb}", bytes);
        await node.SendAsync("spBv1.0/Plant/DDATA/gate/meter", new byte[SparkplugPayload.LargestMessage + 1]);
        await node.BearAsync(2000, flow: 2);
        await run.SeesAsync(r => r.Of(Flow).Contains("2000=2000 Good"), "the births after it");

        Assert.True(run.Counts.Unreadable > 50, $"{run.Counts.Unreadable} were unreadable");
        Assert.DoesNotContain(run.Scans.SelectMany(s => s.Readings), r => r.Count is not (null or 1000 or 2000 or 700));
    }
}
