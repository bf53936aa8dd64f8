using System.Text;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

public class MqttProfileTests
{
    private const string Good = """
        {
          "id": "gateway", "name": "Gateway", "source": "its manual", "protocol": "mqttJson", "timestampPath": "at", "timestampUnit": "s",
          "groups": { "fast": "00:00:01", "plain": "00:00:10", "register": "00:01:00" },
          "points": [
            { "name": "Temperature", "group": "fast", "kind": "level", "medium": "air", "unit": "Cel", "resolution": "0.1",
              "path": "d[0].t" },
            { "name": "Total", "group": "register", "kind": "register", "medium": "water", "unit": "m3", "resolution": 1,
              "path": "d[id=F1].v", "topic": "level" },
            { "name": "OperatingState", "group": "plain", "kind": "state", "medium": "air", "unit": "1", "resolution": 1,
              "topic": "state", "texts": { "run": 7, "STOP": 1 } },
            { "name": "GaugePressure", "group": "plain", "kind": "level", "medium": "air", "unit": "MPa", "resolution": "0.001",
              "topic": "" }
          ]
        }
        """;

    [Fact]
    public void A_profile_of_messages_is_read_as_it_is_written()
    {
        var profile = Load(Good);

        Assert.Equal(("at", TimestampUnit.S), (profile.TimestampPath, profile.TimestampUnit));
        Assert.Equal(["d[0].t", "d[id=F1].v", "", ""], profile.Points.Select(p => p.Path));
        Assert.Equal(["level", "level", "state", ""], profile.Points.Select(p => p.TopicPart));
        Assert.Equal(7, profile.Points[2].Texts?["run"]);
    }

    [Theory]
    [InlineData("\"d[0].t\"", "\"d[0]t\"", "points[0] Temperature: path 'd[0]t' is none like a.b, a[0].b or a[id=F1].b")]
    [InlineData("\"topic\": \"state\"", "\"topic\": \"a/#\"", "points[2] OperatingState: topic 'a/#' is no part of a topic")]
    [InlineData("\"topic\": \"state\"", "\"topic\": \"/a\"", "points[2] OperatingState: topic '/a' is no part of a topic")]
    [InlineData("\"run\": 7", "\"run\": \"7\"", "points[2] OperatingState: texts must be an object of text to state code, each text once")]
    [InlineData("\"run\": 7, ", "\"STOP\": 7, ", "points[2] OperatingState: texts must be an object of text to state code, each text once")]
    [InlineData("\"timestampPath\": \"at\", ", "", "timestampUnit needs a timestampPath")]
    [InlineData("\"at\"", "\"a.\"", "timestampPath 'a.' is no path like ts or data[0].ts")]
    [InlineData("\"at\"", "\"at\", \"bootPath\": \"b\"", "bootPath and uptimePath need each other and a timestampPath")]
    [InlineData("\"at\"", "\"at\", \"uptimeUnit\": \"s\"", "uptimeUnit needs an uptimePath")]
    [InlineData("\"s\"", "\"m\"", "timestampUnit is 'm'; known are Ms, S")]
    [InlineData(
        "\"topic\": \"\"", "\"topic\": \"level\"",
        "points[3] GaugePressure: a value without a path is alone on its topic, 'level' brings 3")]
    [InlineData(
        "\"resolution\": \"0.001\",", "\"resolution\": \"0.001\", \"texts\": { \"a\": 1 }, ",
        "points[3] GaugePressure: texts belong to states")]
    [InlineData(
        "\"resolution\": \"0.001\",", "\"resolution\": \"0.001\", \"path\": \"p\", ",
        "groups: plain comes on topics 'state' and '': each needs a group of its own")]
    public void One_mistake_is_one_line(string good, string bad, string mistake)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);

        Assert.Equal([mistake], Mistakes(Good.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("topic", "\"a\"")]
    [InlineData("texts", "{ \"a\": 1 }")]
    public void A_register_has_no_message(string field, string value)
    {
        var json = $$"""
            { "id": "m", "name": "M", "source": "s", "protocol": "modbus", "groups": { "fast": "00:00:01" },
              "points": [ { "name": "State", "group": "fast", "kind": "state", "medium": "air", "unit": "1", "resolution": 1,
                            "address": 1, "type": "uint16", "{{field}}": {{value}} } ] }
            """;

        Assert.Equal([$"points[0] State: {field} belongs to MQTT points"], Mistakes(json));
    }

    private static DeviceProfile Load(string json) => DeviceProfile.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "gateway.json");

    private static IReadOnlyList<string> Mistakes(string json) => Assert.Throws<ProfileException>(() => Load(json)).Mistakes;
}
