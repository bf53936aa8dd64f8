using System.Text;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

public class ChangeRulesTests
{
    [Fact]
    public void The_rules_are_read_as_they_are_written()
    {
        var change = Load(
            "\"kind\": \"level\", \"deadband\": \"0.05\", \"maxInterval\": \"00:00:30\", \"maxRate\": 2, \"frozenAfter\": \"01:00:00\"");

        Assert.Equal((0.05m, 2m), (change.Deadband, change.MaxRate));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)), (change.MaxInterval, change.FrozenAfter));
        Assert.Equal(5m, Load("\"kind\": \"level\", \"minimum\": 0, \"maximum\": 10, \"deadbandPercent\": 5").DeadbandPercent);
        Assert.Equal(ChangeRules.None, Load("\"kind\": \"level\""));
    }

    [Fact]
    public void Behind_a_transformer_the_amounts_grow_with_the_value()
    {
        var point = Point("\"kind\": \"level\", \"deadband\": 0.5, \"maxRate\": 2, \"transformer\": true").WithRatio(40);

        Assert.Equal((20m, 80m), (point.Change.Deadband, point.Change.MaxRate));
    }

    [Theory]
    [InlineData("\"kind\": \"level\", \"deadband\": 0", "deadband must be greater than 0")]
    [InlineData("\"kind\": \"level\", \"deadband\": \"x\"", "deadband must be a decimal number")]
    [InlineData("\"kind\": \"level\", \"deadband\": 1e27", "deadband must be at most 1e15 resolutions")]
    [InlineData("\"kind\": \"level\", \"maxRate\": -1", "maxRate must be greater than 0")]
    [InlineData("\"kind\": \"level\", \"maxInterval\": \"00:00:30\"", "maxInterval belongs to points with a deadband")]
    [InlineData(
        "\"kind\": \"level\", \"deadband\": 1, \"maxInterval\": \"02:00:00\"",
        "maxInterval must be a time like \"00:00:01\", from 00:00:01 to 01:00:00")]
    [InlineData("\"kind\": \"level\", \"deadbandPercent\": 5", "deadbandPercent needs minimum and maximum")]
    [InlineData("\"kind\": \"state\", \"deadband\": 1", "deadband belongs to levels: every other change counts")]
    [InlineData("\"kind\": \"register\", \"frozenAfter\": \"00:01:00\"", "frozenAfter belongs to levels: every other change counts")]
    [InlineData("\"kind\": \"state\", \"maxRate\": 1", "maxRate belongs to levels and registers")]
    public void A_mistake_is_told(string fields, string mistake)
    {
        var wrong = Assert.Throws<ProfileException>(() => Load(fields));

        Assert.Equal([$"points[0] Flow: {mistake}"], wrong.Mistakes);
    }

    [Fact]
    public void Two_words_for_one_rule_are_one_mistake_and_the_others_are_told_too()
    {
        var wrong = Assert.Throws<ProfileException>(() =>
            Load("\"kind\": \"level\", \"minimum\": 0, \"maximum\": 9, \"deadband\": 1, \"deadbandPercent\": 101, \"frozenAfter\": 5"));

        Assert.Equal(3, wrong.Mistakes.Count);
    }

    private static ChangeRules Load(string fields) => Point(fields).Change;

    private static ProfilePoint Point(string fields)
    {
        var unit = fields.Contains("state", StringComparison.Ordinal) ? "1" : "m3/min";
        var text = $$"""
            {
              "id": "x", "name": "x", "source": "x", "protocol": "modbus", "groups": { "any": "00:00:01" },
              "points": [
                { "name": "Flow", "group": "any", "medium": "water", "unit": "{{unit}}",
                  "resolution": 1, "address": 1, "type": "uint32", {{fields}} }
              ]
            }
            """;
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return DeviceProfile.Load(json, "x.json").Points[0];
    }
}
