using System.Text.Json;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Fieldbus.Tests.Sparkplug;

/// <summary>Our bytes in the reference library of the specification's makers, and theirs in ours.</summary>
public class SparkplugPayloadPeerTests
{
    [NodePeerFact("sparkplug-payload")]
    public async Task What_is_sent_decodes_in_sparkplug_payload()
    {
        SparkplugMetric[] metrics =
        [
            new() { Name = "int8", Alias = 1, Timestamp = 11, Type = SparkplugDataType.Int8,
                Value = MetricValue.Of(SparkplugDataType.Int8, -128) },
            new() { Name = "int16", Type = SparkplugDataType.Int16, Value = MetricValue.Of(SparkplugDataType.Int16, -2) },
            new() { Name = "int32", Type = SparkplugDataType.Int32, Value = MetricValue.Of(SparkplugDataType.Int32, -70_000) },
            new() { Name = "int64", Type = SparkplugDataType.Int64, Value = MetricValue.Of(SparkplugDataType.Int64, -3) },
            new() { Name = "uint8", Type = SparkplugDataType.UInt8, Value = MetricValue.Of(SparkplugDataType.UInt8, 255) },
            new() { Name = "uint16", Type = SparkplugDataType.UInt16, Value = MetricValue.Of(SparkplugDataType.UInt16, 65_535) },
            new() { Name = "uint64", Type = SparkplugDataType.UInt64, Value = MetricValue.Of(SparkplugDataType.UInt64, ulong.MaxValue) },
            new() { Name = "date", Type = SparkplugDataType.DateTime,
                Value = MetricValue.Of(SparkplugDataType.DateTime, 1_700_000_000_000) },
            new() { Name = "float", Type = SparkplugDataType.Float, Value = MetricValue.Of(0.5f) },
            new() { Name = "double", Type = SparkplugDataType.Double, Value = MetricValue.Of(7.25), Unit = "bar", Quality = 192 },
            new() { Name = "flag", Type = SparkplugDataType.Boolean, Value = MetricValue.Of(true) },
            new() { Name = "text", Type = SparkplugDataType.String, Value = MetricValue.Of("气岛"), IsHistorical = true },
            new() { Name = "none", Type = SparkplugDataType.Double, IsNull = true },
        ];
        var bytes = new SparkplugPayload { Timestamp = 1_700_000_000_001, Sequence = 255, Metrics = metrics }.Encode();

        using var json = JsonDocument.Parse(await RunAsync("decode", Convert.ToHexString(bytes)));

        var got = json.RootElement.GetProperty("metrics").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString() ?? "");
        Assert.Equal("255", json.RootElement.GetProperty("seq").ToString());
        Assert.Equal("1700000000001", json.RootElement.GetProperty("timestamp").ToString());
        string[] values =
        [
            "-128", "-2", "-70000", "-3", "255", "65535", "18446744073709551615", "1700000000000", "0.5", "7.25", "True", "气岛", "",
        ];
        Assert.Equal(values, metrics.Select(m => got[m.Name ?? ""].GetProperty("value").ToString()));
        Assert.Equal(metrics.Select(m => m.Type.ToString()), metrics.Select(m => got[m.Name ?? ""].GetProperty("type").GetString()));
        Assert.Equal("1", got["int8"].GetProperty("alias").ToString());
        Assert.Equal("11", got["int8"].GetProperty("timestamp").ToString());
        Assert.Equal("bar", got["double"].GetProperty("properties").GetProperty("engUnit").GetProperty("value").GetString());
        Assert.True(got["text"].GetProperty("isHistorical").GetBoolean());
    }

    [NodePeerFact("sparkplug-payload")]
    public async Task What_sparkplug_payload_encodes_is_read()
    {
        const string Payload = """
            {"timestamp":1700000000002,"seq":7,"metrics":[
              {"name":"int8","alias":5,"timestamp":12,"type":"Int8","value":-5},
              {"name":"uint32","type":"UInt32","value":4000000000},
              {"name":"double","type":"Double","value":1.5,"properties":{"engUnit":{"type":"String","value":"kW"}}},
              {"name":"flag","type":"Boolean","value":false},
              {"name":"set","type":"DataSet","value":{"numOfColumns":1,"columns":["a"],"types":["Int32"],"rows":[[1]]}},
              {"name":"none","type":"Float","value":null}]}
            """;

        var payload = SparkplugPayload.Decode(Convert.FromHexString((await RunAsync("encode", Payload)).Trim()));

        var got = payload.Metrics.ToDictionary(m => m.Name ?? "");
        Assert.Equal(((ulong?)1_700_000_000_002, (byte?)7), (payload.Timestamp, payload.Sequence));
        Assert.Equal((-5, (ulong?)5, (ulong?)12),
            (got["int8"].Value.Number(SparkplugDataType.Int8), got["int8"].Alias, got["int8"].Timestamp));
        Assert.Equal(4_000_000_000, got["uint32"].Value.Number(SparkplugDataType.UInt32));
        Assert.Equal((1.5m, "kW"), (got["double"].Value.Number(SparkplugDataType.Double), got["double"].Unit));
        Assert.False(got["flag"].Value.Flag);
        Assert.True(got["set"].Value.IsSkipped);
        Assert.True(got["none"].IsNull);
    }

    private static async Task<string> RunAsync(string mode, string item)
    {
        await using var peer = await PeerProcess.NodeAsync("sparkplug-codec.js", mode, item);
        return await peer.OutputAsync();
    }
}
