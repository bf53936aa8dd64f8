using AirIsland.Edge.Tests.Drivers;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Quantities;
using MQTTnet;

namespace AirIsland.Edge.Tests.Northbound;

/// <summary>Rules of the specification by their ids (tck-id-…), against a real broker.</summary>
public sealed class SparkplugEdgeNodeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // payloads-nbirth-seq, payloads-nbirth-bdseq, payloads-nbirth-rebirth-req, payloads-dbirth-order, payloads-alias-birth-requirement,
    // payloads-alias-uniqueness, payloads-alias-data-cmd-requirement, payloads-metric-datatype-req, payloads-name-birth-data-requirement
    [ExternalFact("mosquitto")]
    public async Task Assets_are_devices_and_tags_are_metrics_with_aliases()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var scada = await TestScada.ConnectAsync(broker.Port);
        await using var run = await StartShownAsync(broker.Port);
        await scada.HearsAsync("DBIRTH hall");

        run.Show("VolumeFlowRate", 2000, 1625);
        run.Show("OperatingState", 2000, 7);
        await scada.HearsAsync("DBIRTH dryer-1");
        run.Show("OperatingState", 3000, 5);
        await scada.HearsAsync("DDATA dryer-1");

        Assert.Equal(["NBIRTH", "DBIRTH hall", "DDATA hall", "DBIRTH dryer-1", "DDATA dryer-1"], scada.Verbs);
        Assert.Equal([0, 1, 2, 3, 4], scada.All.Select(m => m.Payload.Sequence ?? -1));
        Assert.All(scada.All, m => Assert.NotNull(m.Payload.Timestamp));
        Assert.Equal(["bdSeq", "Node Control/Rebirth"], scada.All[0].Payload.Metrics.Select(m => m.Name));
        var flow = scada.All[1].Payload.Metrics.Single(m => m.Name == "VolumeFlowRate");
        Assert.Equal((SparkplugDataType.Double, "m3/min", 1.5m, 1000ul),
            (flow.Type, flow.Unit, flow.Value.Number(SparkplugDataType.Double), flow.Timestamp));
        var total = scada.All[1].Payload.Metrics.Single(m => m.Name == "AccumulatedVolume");
        Assert.True(total.IsNull);
        var data = Assert.Single(scada.All[2].Payload.Metrics);
        Assert.Equal((null, flow.Alias, 2000ul, 1.625m),
            (data.Name, data.Alias, data.Timestamp, data.Value.Number(SparkplugDataType.Double)));
        var state = Assert.Single(scada.All[3].Payload.Metrics);
        Assert.Equal((SparkplugDataType.Int64, 7), (state.Type, state.Value.Number(SparkplugDataType.Int64)));
        Assert.Equal(3, new[] { flow.Alias, total.Alias, state.Alias }.Distinct().Count());
    }

    // topics-nbirth-mqtt, topics-dbirth-mqtt, topics-ddata-mqtt, topics-ddeath-mqtt, payloads-ndeath-will-message-qos,
    // payloads-ndeath-will-message-retain, payloads-ndeath-bdseq, operational-behavior-edge-node-intentional-disconnect-ndeath
    [ExternalFact("mosquitto")]
    public async Task Messages_are_sent_at_qos_0_and_the_death_at_1_and_nothing_is_retained()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var scada = await TestScada.ConnectAsync(broker.Port);
        await using (var run = await StartShownAsync(broker.Port))
        {
            await scada.HearsAsync("DBIRTH hall");
            run.Show("VolumeFlowRate", 2000, null);
            run.Show("AccumulatedVolume", 2000, null);
            await scada.HearsAsync("DDEATH hall");
            // Who takes the session over makes the broker send the will.
            using var thief = new MqttClientFactory().CreateMqttClient();
            await thief.ConnectAsync(
                new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithClientId("scada-test").Build());
            await scada.HearsAsync("NDEATH");
            await thief.DisconnectAsync();
            await scada.HearsAsync("NBIRTH", times: 2);
        }
        await scada.HearsAsync("NDEATH", times: 2);

        Assert.All(scada.All, m => Assert.Equal((m.Topic.Verb == SparkplugVerb.NDeath ? 1 : 0, false), (m.Quality, m.IsRetained)));
        var deaths = scada.All.Where(m => m.Topic.Verb == SparkplugVerb.NDeath).ToArray();
        Assert.Equal([0, 1], deaths.Select(d => (int?)d.Payload.BirthNumber ?? -1));
        Assert.All(deaths, d => Assert.Null(d.Payload.Sequence));
        Assert.All(deaths, d => Assert.Equal("bdSeq", Assert.Single(d.Payload.Metrics).Name));
    }

    // payloads-sequence-num-incrementing, payloads-sequence-num-zero-nbirth
    [ExternalFact("mosquitto")]
    public async Task Zero_follows_255()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var scada = await TestScada.ConnectAsync(broker.Port);
        await using var run = await StartShownAsync(broker.Port);
        await scada.HearsAsync("DBIRTH hall");

        for (var i = 0; i < 300; i++)
        {
            run.Show("VolumeFlowRate", 2000 + i, i);
            await scada.HearsAsync("DDATA hall", times: i + 1);
        }

        Assert.Equal(Enumerable.Range(0, 302).Select(i => i % 256), scada.All.Select(m => m.Payload.Sequence ?? -1));
    }

    // payloads-nbirth-bdseq-inc, topics-nbirth-bdseq-increment, operational-behavior-data-commands-rebirth-action-2 and -3
    [ExternalFact("mosquitto")]
    public async Task Each_connection_has_the_next_number_also_after_a_restart_and_a_rebirth_keeps_it()
    {
        await using var broker = await Mosquitto.StartAsync();
        await File.WriteAllTextAsync(_folder.File("sparkplug-birth-number"), "254");
        await using var scada = await TestScada.ConnectAsync(broker.Port);
        for (var i = 0; i < 3; i++)
        {
            await using var run = await StartShownAsync(broker.Port);
            await scada.HearsAsync("NBIRTH", times: (2 * i) + 1);
            await scada.HearsAsync("DBIRTH hall", times: (2 * i) + 1);
            await scada.PublishAsync("spBv1.0/Park/NCMD/station", [0xFF, 0x01], false);
            await scada.AskForBirthsAsync();
            await scada.HearsAsync("NBIRTH", times: (2 * i) + 2);
            await scada.HearsAsync("DBIRTH hall", times: (2 * i) + 2);
        }

        var births = scada.All.Where(m => m.Topic.Verb == SparkplugVerb.NBirth).ToArray();
        Assert.Equal([255, 255, 0, 0, 1, 1], births.Select(b => (int?)b.Payload.BirthNumber ?? -1));
        Assert.All(births, b => Assert.Equal((byte)0, b.Payload.Sequence));
    }

    // message-flow-edge-node-birth-publish-phid-wait, -phid-wait-online, -phid-wait-timestamp, -phid-offline
    [ExternalFact("mosquitto")]
    public async Task Nothing_is_said_while_the_primary_host_is_away_and_what_was_kept_comes_as_historical()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var scada = await TestScada.ConnectAsync(broker.Port);
        await scada.SayAsync(isOnline: false, 10);
        await using var run = await StartShownAsync(broker.Port, "scada");
        await Eventually.HoldsAsync(() => run.Log.All.Any(l => l.Contains("was connected", StringComparison.Ordinal)), "the connection");
        run.Show("VolumeFlowRate", 2000, 2000);
        run.Show("VolumeFlowRate", 3000, 3000);
        // A will of before, which comes late, changes nothing; neither does a birth of before.
        await scada.SayAsync(isOnline: true, 9);
        await Task.Delay(300);
        Assert.Empty(scada.Verbs);

        await scada.SayAsync(isOnline: true, 11);
        await scada.HearsAsync("DDATA hall");
        await scada.SayAsync(isOnline: false, 12);
        await scada.HearsAsync("NDEATH");
        run.Show("VolumeFlowRate", 4000, 4000);
        run.Show("VolumeFlowRate", 5000, 5000);
        await scada.SayAsync(isOnline: true, 13);
        await scada.HearsAsync("DDATA hall", times: 2);

        Assert.Equal(["NBIRTH", "DBIRTH hall", "DDATA hall", "NDEATH", "NBIRTH", "DBIRTH hall", "DDATA hall"], scada.Verbs);
        Assert.Equal(["3@1000=1.5 late", "3@2000=2 late", "3@4000=4 late"], scada.DataOf("hall"));
        Assert.Equal([3000ul, 5000ul], scada.All.Where(m => m.Topic.Verb == SparkplugVerb.DBirth)
            .Select(m => m.Payload.Metrics.Max(x => x.Alias == 3 ? x.Timestamp : 0) ?? 0));
    }

    // app-service-configurable#318: what is kept really comes after an absence of the broker
    [ExternalFact("mosquitto")]
    public async Task What_a_broker_missed_comes_later_as_historical_bounded_and_counted()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var run = await StartShownAsync(broker.Port, "scada", kept: 1000);
        await using (var scada = await TestScada.ConnectAsync(broker.Port))
        {
            await Eventually.HoldsAsync(() => run.Log.All.Any(), "the connection");
            // Not retained: after its restart the broker knows of no host, and the node waits until somebody hears it.
            await scada.SayAsync(isOnline: true, 10, retain: false);
            await scada.HearsAsync("DBIRTH hall");
        }
        await broker.StopAsync();
        await Eventually.HoldsAsync(() => run.Log.Warnings.Any(), "that it is away");
        for (var i = 1; i <= 1100; i++) run.Show("VolumeFlowRate", 10_000 + i, i);
        await broker.RunAsync();
        await using var back = await TestScada.ConnectAsync(broker.Port);
        await back.SayAsync(isOnline: true, 11);
        await Eventually.HoldsAsync(() => back.DataOf("hall").Contains("3@11099=1.099 late"), "the last of them");

        // The last one is what the birth states; of those before it the thousand youngest were kept.
        Assert.Equal(100, run.Dropped);
        Assert.Equal(Enumerable.Range(101, 999).Select(i => $"3@{10_000 + i}={i / 1000m:0.###} late"), back.DataOf("hall"));
    }

    // operational-behavior-data-publish-dbirth-change, operational-behavior-device-ddeath
    [ExternalFact("mosquitto")]
    public async Task Only_changes_are_sent_and_a_device_that_does_not_answer_dies_and_is_born_again()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var scada = await TestScada.ConnectAsync(broker.Port);
        await using var run = await StartShownAsync(broker.Port);
        await scada.HearsAsync("DBIRTH hall");
        run.Show("AccumulatedVolume", 1500, 10);
        await scada.HearsAsync("DDATA hall");

        run.Show("AccumulatedVolume", 2000, 10);
        run.Show("VolumeFlowRate", 2000, 1500);
        run.Show("VolumeFlowRate", 3000, null);
        run.Show("AccumulatedVolume", 3000, null);
        await scada.HearsAsync("DDEATH hall");
        run.Show("VolumeFlowRate", 4000, 4000, Quality.Uncertain(QualityReason.OutOfRange));
        await scada.HearsAsync("DBIRTH hall", times: 2);

        Assert.DoesNotContain(scada.All.Where(m => m.Topic.Verb == SparkplugVerb.DData).SelectMany(m => m.Payload.Metrics), m =>
            m.Timestamp == 2000);
        var nulls = scada.All.SelectMany(m => m.Payload.Metrics).Where(m => m.Timestamp == 3000).ToArray();
        Assert.All(nulls, m => Assert.Equal((true, 500), (m.IsNull, m.Quality)));
        var flow = scada.All[^1].Payload.Metrics.Single(m => m.Name == "VolumeFlowRate");
        Assert.Equal((0, 4m), (flow.Quality, flow.Value.Number(SparkplugDataType.Double)));
    }

    // thingsboard#1769
    [ExternalFact("mosquitto")]
    public async Task What_is_older_than_what_is_shown_is_sent_as_historical()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var scada = await TestScada.ConnectAsync(broker.Port);
        await using var run = await StartShownAsync(broker.Port);
        await scada.HearsAsync("DBIRTH hall");

        run.Show("VolumeFlowRate", 500, 5);
        run.Show("VolumeFlowRate", 1400, 6, new(QualityLevel.Good, QualityReason.Historical));
        await Eventually.HoldsAsync(() => scada.DataOf("hall").Count() == 2, "both");
        await scada.AskForBirthsAsync();
        await scada.HearsAsync("DBIRTH hall", times: 2);

        Assert.Equal(["3@500=0.005 late", "3@1400=0.006 late"], scada.DataOf("hall"));
        Assert.Contains(scada.All[^1].Payload.Metrics, m => m is { Name: "VolumeFlowRate", Timestamp: 1000 });
    }

    private async Task<NorthboundRun> StartShownAsync(int port, string primaryHost = "", int kept = 10_000)
    {
        var run = await NorthboundRun.StartAsync(port, _folder, primaryHost, kept);
        run.Show("VolumeFlowRate", 1000, 1500);
        return run;
    }
}
