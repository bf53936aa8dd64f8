using System.Text.Json;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Edge.Tests.Drivers.Sparkplug;

namespace AirIsland.Edge.Tests.Northbound;

/// <summary>What a SCADA of others makes of our messages: <c>sparkplug-payload</c>, the library of the specification's makers.</summary>
public class SparkplugPayloadTests
{
    // tck-id-payloads-ndeath-seq, tck-id-payloads-nbirth-rebirth-req, tck-id-payloads-sequence-num-incrementing,
    // tck-id-message-flow-edge-node-birth-publish-will-message-payload-bdSeq
    [NodePackageFact("sparkplug-payload")]
    public async Task Every_message_of_a_session_decodes()
    {
        using var folder = new TempFolder();
        await using var broker = await Mosquitto.StartAsync();
        await using var scada = await TestScada.ConnectAsync(broker.Port);
        await using (var run = await NorthboundRun.StartAsync(broker.Port, folder))
        {
            run.Show("VolumeFlowRate", 1000, 1500);
            run.Show("OperatingState", 1000, 7);
            await scada.HearsAsync("DBIRTH dryer-1");
            run.Show("VolumeFlowRate", 2000, 1625);
            run.Show("VolumeFlowRate", 1500, 1550);
            await Eventually.HoldsAsync(() => scada.DataOf("hall").Contains("3@1500=1.55 late"), "the late one");
            run.Show("OperatingState", 3000, null);
            await scada.HearsAsync("DDEATH dryer-1");
        }
        await scada.HearsAsync("NDEATH");

        await using var peer = new NodeProcess("sparkplug-codec.js", ["decode", .. scada.All.Select(m => Convert.ToHexString(m.Bytes))]);
        await Eventually.HoldsAsync(() => peer.Lines.Count > scada.All.Count, "the decoded lines");

        var messages = scada.All.Zip(peer.Lines.Skip(1), (heard, line) =>
            (heard.Topic, Json: JsonSerializer.Deserialize<JsonElement>(line))).ToArray();
        var numbers = messages[..^1].Select(m => m.Json.GetProperty("seq").ToString());
        Assert.Equal(Enumerable.Range(0, messages.Length - 1).Select(i => $"{i}"), numbers);
        Assert.False(messages[^1].Json.TryGetProperty("seq", out _));
        var birth = Metrics(messages[0].Json);
        Assert.Equal(("Int64", "0"), (birth["bdSeq"].GetProperty("type").GetString(), birth["bdSeq"].GetProperty("value").ToString()));
        Assert.Equal(("Boolean", "False"),
            (birth["Node Control/Rebirth"].GetProperty("type").GetString(), birth["Node Control/Rebirth"].GetProperty("value").ToString()));
        Assert.False(birth["Node Control/Rebirth"].TryGetProperty("alias", out _));
        var flow = Metrics(messages.First(m => m.Topic.Device == "hall").Json)["VolumeFlowRate"];
        Assert.Equal(
            ("Double", "1.5", "3", "1000"),
            (flow.GetProperty("type").GetString(), flow.GetProperty("value").ToString(), flow.GetProperty("alias").ToString(),
                flow.GetProperty("timestamp").ToString()));
        Assert.Equal("m3/min", flow.GetProperty("properties").GetProperty("engUnit").GetProperty("value").GetString());
        Assert.Contains(messages.SelectMany(m => m.Json.GetProperty("metrics").EnumerateArray()), m =>
            m.TryGetProperty("isHistorical", out var late) && late.GetBoolean() && m.GetProperty("value").ToString() == "1.55");
        Assert.Equal("0", Metrics(messages[^1].Json)["bdSeq"].GetProperty("value").ToString());
    }

    private static Dictionary<string, JsonElement> Metrics(JsonElement payload) =>
        payload.GetProperty("metrics").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString() ?? "");
}
