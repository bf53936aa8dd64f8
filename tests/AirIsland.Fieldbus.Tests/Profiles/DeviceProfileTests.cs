using System.Text;
using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Profiles;

public class DeviceProfileTests
{
    private const string Units = "1, %, A, Cel, GJ, Hz, MPa, V, /min, h, kW, kW.h, m/s, m3, m3/min, s";

    private const string Good = """
        {
          "id": "meter", "name": "Meter", "source": "its manual", "protocol": "modbus", "maxRegisters": 40, "maxGap": 2,
          "groups": { "fast": "00:00:01", "register": "00:01:00" },
          "points": [
            { "name": "outlet/Temperature", "group": "fast", "kind": "level", "medium": "air", "unit": "Cel", "resolution": 0.1,
              "scale": "0.1", "minimum": -40, "maximum": 150, "table": "input", "address": "0x016A", "type": "int16", "order": "BA" },
            { "name": "State", "group": "fast", "kind": "state", "medium": "air", "unit": "1", "resolution": 1, "address": 7,
              "type": "uint16", "map": { "0": 1, "1": 7 }, "verified": true, "comment": "why" },
            { "name": "Volume", "group": "register", "kind": "register", "medium": "air", "unit": "m3", "resolution": "0.1",
              "scale": "0.1", "state": "Normal", "modulus": "429496729.6", "address": 8, "type": "uint32", "order": "CDAB" }
          ]
        }
        """;

    [Fact]
    public void A_profile_is_read_as_it_is_written()
    {
        var profile = Load(Good);

        Assert.Equal(("meter", "Meter", "its manual"), (profile.Id, profile.Name, profile.Source));
        Assert.Equal((DeviceProtocol.Modbus, 40, 2), (profile.Protocol, profile.MaxRegisters, profile.MaxGap));
        Assert.Equal(TimeSpan.FromMinutes(1), profile.Groups["register"]);
        Assert.Equal(["outlet/Temperature", "State", "Volume"], profile.Points.Select(p => p.Name));
        var (temperature, state, volume) = (profile.Points[0], profile.Points[1], profile.Points[2]);
        Assert.Equal((RegisterTable.Input, (ushort)0x16A, PointType.Int16), (temperature.Table, temperature.Address, temperature.Type));
        Assert.Equal((RegisterOrder.BADC, -40m, 150m), (temperature.Order, temperature.Minimum, temperature.Maximum));
        Assert.Equal((RegisterTable.Holding, true, "why"), (state.Table, state.Verified, state.Comment));
        Assert.Equal(7, state.Map?[1]);
        Assert.Equal((RegisterOrder.CDAB, "Normal", 429_496_729.6m), (volume.Order, volume.State, volume.Modulus));
        Assert.Equal((1m, 0m, false), (volume.Divide, volume.Offset, volume.Transformer));
    }

    [Fact]
    public void Decimals_are_read_exactly_as_numbers_and_as_texts()
    {
        Assert.Equal(0.1m, Load(Good).Points[0].Scale);
        Assert.Equal(0.1234567890123456789m, Load(Good.Replace("\"scale\": \"0.1\"", "\"scale\": 0.1234567890123456789")).Points[0].Scale);
    }

    [Theory]
    [InlineData("\"minimum\": -40", "\"minimum\": -79228162514264337593543950335", "minimum must be at most 1e15 resolutions")]
    [InlineData("\"maximum\": 150", "\"maximum\": 100000000000000.1", "maximum must be at most 1e15 resolutions")]
    [InlineData("\"modulus\": \"429496729.6\"", "\"modulus\": 79228162514264337593543950335", "modulus must be at most 1e15 resolutions")]
    [InlineData("\"maximum\": 150", "\"divide\": 79228162514264337593543950335", "divide must be 1 to 1e6")]
    public void A_number_that_no_count_can_hold_is_a_mistake(string right, string wrong, string mistake)
    {
        Assert.EndsWith(mistake, Assert.Single(Mistakes(Good.Replace(right, wrong, StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_numbers_of_a_profile_have_counts_behind_any_transformer()
    {
        var text = Good.Replace("\"minimum\": -40, \"maximum\": 150", "\"minimum\": -1e14, \"maximum\": 1e14", StringComparison.Ordinal);
        var point = Load(text).Points[0] with { Transformer = true };

        foreach (var behind in new[] { point, point.WithRatio(1_000_000m), point.WithRatio(0.000001m) })
        {
            Assert.Equal(-1_000_000_000_000_000, PointCodec.ToCount(behind, behind.Minimum ?? 0));
            Assert.Equal(1_000_000_000_000_000, PointCodec.ToCount(behind, behind.Maximum ?? 0));
        }
    }

    [Theory]
    [InlineData("\"writable\": true", "points[0] outlet/Temperature: a writable point needs minimum and maximum")]
    [InlineData("\"writable\": true, \"minimum\": 0", "points[0] outlet/Temperature: a writable point needs minimum and maximum")]
    [InlineData(
        "\"writable\": true, \"minimum\": 0, \"maximum\": 9, \"table\": \"input\"",
        "points[0] outlet/Temperature: writable belongs to holding registers")]
    [InlineData("\"writable\": 1", "points[0] outlet/Temperature: writable must be true or false")]
    [InlineData("\"writable\": true, \"minimum\": 0, \"maximum\": 9", null)]
    public void A_writable_point_is_a_holding_register_with_a_range(string fields, string? mistake)
    {
        var text = $$"""
            {
              "id": "x", "name": "x", "source": "x", "protocol": "modbus", "groups": { "fast": "00:00:01" },
              "points": [
                { "name": "outlet/Temperature", "group": "fast", "kind": "level", "medium": "air", "unit": "Cel", "resolution": 1,
                  "address": 1, "type": "int16", {{fields}} }
              ]
            }
            """;

        if (mistake is null) Assert.True(Load(text).Points[0].Writable);
        else Assert.Equal([mistake], Mistakes(text));
    }

    [Fact]
    public void A_bad_profile_lists_every_mistake_at_once_and_says_where_it_came_from()
    {
        const string Bad = """
            {
              "id": "Bad Id", "source": "", "protocol": "modbus", "maxRegisters": 126, "timestampPath": "ts", "colour": "red",
              "groups": { "fast": "1s", "register": "00:01:00" },
              "points": [
                { "name": "outlet/Temperature", "group": "fast", "kind": "level", "medium": "fire", "unit": "degC", "resolution": 0,
                  "address": 1, "type": "int16", "map": { "1": 1 }, "adress": 3 },
                { "name": "outlet/Temperature", "group": "slow", "kind": "levle", "medium": "air", "unit": "Cel", "resolution": "x",
                  "address": 70000, "type": "int16", "order": "AABB" },
                { "name": "Volume", "group": "fast", "kind": "register", "medium": "air", "unit": "m3", "resolution": 1,
                  "modulus": 4294967297, "address": 0, "type": "uint32", "path": "total" },
                { "name": "Power", "group": "fast", "kind": "level", "medium": "electricity", "unit": "kW", "resolution": 1, "state": "FAD",
                  "minimum": 5, "maximum": 4, "address": 65535, "type": "float32", "table": "coil" },
                { "name": "lower", "group": "fast", "kind": "state", "medium": "air", "unit": "1", "resolution": 1, "scale": 2,
                  "address": 9, "type": "float32", "order": "BA", "map": {} }
              ]
            }
            """;

        var mistakes = Mistakes(Bad);

        Assert.Equal(
            [
                "colour is no known field",
                "groups: fast must be a period like \"00:00:01\", from 0.1 s to a day",
                "groups: slow has no period, points[1] outlet/Temperature is in it",
                "id 'Bad Id' must be 1 to 32 of a-z, 0-9 and -",
                "maxRegisters must be a whole number from 2 to 125",
                "name is missing",
                "points: outlet/Temperature is given 2 times",
                "points[0] outlet/Temperature: address 1 overlaps points[2] Volume",
                "points[0] outlet/Temperature: adress is no known field",
                "points[0] outlet/Temperature: map belongs to states",
                "points[0] outlet/Temperature: medium is 'fire'; known are air, water, electricity, heat, ambient",
                "points[0] outlet/Temperature: resolution must be greater than 0: 1e-9 to 1e3",
                $"points[0] outlet/Temperature: unit is 'degC'; known are {Units}",
                "points[1] outlet/Temperature: address must be an address from 0 to 65535 or \"0x0000\" to \"0xFFFF\"",
                "points[1] outlet/Temperature: kind is 'levle'; known are Level, Register, State, Text",
                "points[1] outlet/Temperature: order is 'AABB'; known for Int16 are AB, BA",
                "points[1] outlet/Temperature: resolution must be a decimal number",
                "points[2] Volume: a register cannot share group fast with levels or states",
                "points[2] Volume: modulus is more than the registers can show",
                "points[2] Volume: path belongs to MQTT points",
                "points[2] Volume: state is missing: an amount of air names its reference state",
                "points[3] Power: address leaves no room for all registers",
                "points[3] Power: minimum must be below maximum",
                "points[3] Power: state belongs to amounts of air (m3, m3/min)",
                "points[3] Power: table must be holding or input",
                "points[4] lower: a state cannot be a float",
                "points[4] lower: a state has unit 1, resolution 1 and no scale, divide, offset or transformer",
                "points[4] lower: map must be an object of device code to state code, each code once",
                "points[4] lower: name 'lower' is not [port/]Quantity",
                "points[4] lower: order is 'BA'; known for Float32 are ABCD, CDAB, BADC, DCBA",
                "source is empty",
                "timestampPath belongs to MQTT devices",
            ],
            mistakes.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(
        "\"protocol\": \"modbus\"", "\"protocol\": \"profibus\"", "protocol is 'profibus'; known are Modbus, MqttJson, Sparkplug, Dlt645")]
    [InlineData("\"id\": \"meter\"", "\"id\": \"meter\", \"id\": \"meter\"", "id is given twice")]
    [InlineData("\"address\": 8,", "\"address\": 8, \"address\": 9,", "points[2] Volume: address is given twice")]
    [InlineData("\"address\": 8,", "", "points[2] Volume: address is missing")]
    [InlineData("\"type\": \"uint32\",", "", "points[2] Volume: type is missing")]
    [InlineData("\"address\": 8,", "\"address\": 8, \"verified\": \"yes\",", "points[2] Volume: verified must be true or false")]
    [InlineData("\"429496729.6\"", "0.05", "points[2] Volume: modulus must be a whole number of resolutions")]
    [InlineData("\"429496729.6\"", "-0.1", "points[2] Volume: modulus must be greater than 0")]
    [InlineData("\"address\": 8,", "\"address\": 8, \"divide\": 0,", "points[2] Volume: divide must be 1 to 1e6")]
    [InlineData("\"state\": \"Normal\"", "\"state\": \"normal\"", "points[2] Volume: state is 'normal'; known are FAD, Normal, Standard20")]
    [InlineData("\"00:01:00\" }", "\"00:01:00\", \"fast\": \"00:00:02\" }", "groups: fast is given twice")]
    [InlineData("\"1\": 7", "\"01\": 7, \"1\": 7", "points[1] State: map must be an object of device code to state code, each code once")]
    public void One_mistake_is_one_line(string good, string bad, string mistake)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);

        Assert.Equal([mistake], Mistakes(Good.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_points_of_one_Sparkplug_metric_are_a_mistake()
    {
        const string Point =
            """{ "name": "NAME", "group": "fast", "kind": "level", "medium": "air", "unit": "MPa", "resolution": 1, "path": "Inputs/P" }""";
        var json = $$"""
            { "id": "m", "name": "M", "source": "s", "protocol": "sparkplug", "groups": { "fast": "00:00:01" },
              "points": [ {{Named("Flow")}}, {{Named("Other")}} ] }
            """;

        Assert.Equal(["points[1] Other: metric 'Inputs/P' is points[0] Flow already"], Mistakes(json));

        static string Named(string name) => Point.Replace("NAME", name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("address", "7")]
    [InlineData("type", "\"int16\"")]
    [InlineData("table", "\"input\"")]
    [InlineData("order", "\"ABCD\"")]
    [InlineData("transformer", "true")]
    public void A_point_of_a_message_has_no_registers(string field, string value)
    {
        var json = $$"""
            { "id": "m", "name": "M", "source": "s", "protocol": "mqttJson", "timestampPath": "ts", "groups": { "fast": "00:00:01" },
              "points": [ { "name": "Flow", "group": "fast", "kind": "level", "medium": "water", "unit": "m3/min", "resolution": 1,
                            "path": "flow", "{{field}}": {{value}} } ] }
            """;

        Assert.Equal([$"points[0] Flow: {field} belongs to Modbus points"], Mistakes(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("[]")]
    [InlineData("7")]
    public void What_is_no_JSON_object_is_one_mistake(string json)
    {
        Assert.Single(Mistakes(json));
    }

    [Fact]
    public void Points_that_are_no_objects_are_named_by_their_place()
    {
        Assert.Equal(["points[0] must be an object", "points[1] must be an object"], Mistakes(Good[..Good.IndexOf('[')] + "[7, null] }"));
    }

    [Fact]
    public void Damaged_files_are_refused_with_their_mistakes_and_never_crash()
    {
        var damage = Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[0, 30], Gen.OneOf("", "0", "\"x\"", "{}", "[]", "null", "-1", ","));

        damage.Sample(
            d =>
            {
                var json = string.Concat(Good.AsSpan(0, d.Item1), d.Item3, Good.AsSpan(Math.Min(Good.Length, d.Item1 + d.Item2)));
                try
                {
                    Assert.NotEmpty(Load(json).Points);
                }
                catch (ProfileException e)
                {
                    Assert.NotEmpty(e.Mistakes);
                }
            },
            iter: 20_000);
    }

    private static DeviceProfile Load(string json) => DeviceProfile.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "meter.json");

    private static IReadOnlyList<string> Mistakes(string json)
    {
        var refusal = Assert.Throws<ProfileException>(() => Load(json));
        Assert.StartsWith("meter.json: ", refusal.Message, StringComparison.Ordinal);
        Assert.All(refusal.Mistakes, m => Assert.Contains(m, refusal.Message, StringComparison.Ordinal));
        return refusal.Mistakes;
    }
}
