using System.Text;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Profiles;

public class MeterProfileTests
{
    private const string Good = """
        {
          "id": "meter", "name": "Meter", "source": "its manual", "protocol": "dlt645", "edition": 2007,
          "groups": { "fast": "00:00:05", "register": "00:01:00" },
          "points": [
            { "name": "VoltageB", "group": "fast", "kind": "level", "medium": "electricity", "unit": "V", "resolution": "0.1",
              "identifier": "0201FF00", "index": 1 },
            { "name": "Energy", "group": "register", "kind": "register", "medium": "electricity", "unit": "kW.h", "resolution": "0.01",
              "modulus": 1000000, "identifier": "00010000", "transformer": true },
            { "name": "AtMidnight", "group": "register", "kind": "register", "medium": "electricity", "unit": "kW.h",
              "resolution": "0.01", "identifier": "05060101", "index": 0, "format": "XXXXXX.XX" },
            { "name": "Board", "group": "fast", "kind": "level", "medium": "electricity", "unit": "Cel", "resolution": "0.1",
              "identifier": "02800007", "format": "-XXX.X" }
          ]
        }
        """;

    [Fact]
    public void A_meter_is_read_as_it_is_written()
    {
        var profile = Load(Good);

        Assert.Equal((DeviceProtocol.Dlt645, DltEdition.Edition2007), (profile.Protocol, profile.Edition));
        var (voltage, energy, midnight, board) = (profile.Points[0], profile.Points[1], profile.Points[2], profile.Points[3]);
        Assert.Equal(("0201FF00", 1, new DltFormat(2, 1, "V")), (Asked(voltage), voltage.Index, voltage.Item?.Format));
        Assert.Equal(("00010000", 0, new DltFormat(4, 2, "kW.h")), (Asked(energy), energy.Index, energy.Item?.Format));
        Assert.Equal(("05060101", new DltFormat(4, 2, "kW.h")), (Asked(midnight), midnight.Item?.Format));
        Assert.Equal(("02800007", new DltFormat(2, 1, "Cel", IsSigned: true)), (Asked(board), board.Item?.Format));
        Assert.Equal((true, 40_000_000m, 0.4m), (energy.Transformer, energy.WithRatio(40).Modulus, energy.WithRatio(40).Resolution));

        static string? Asked(ProfilePoint point) => point.Item?.Identifier.ToString();
    }

    [Theory]
    [InlineData("dlt645-2007", "Energy", "00010000", 0, "0.01", "kW.h", true)]
    [InlineData("dlt645-2007", "ReverseEnergy", "00020000", 0, "0.01", "kW.h", true)]
    [InlineData("dlt645-2007", "EnergyTariff1", "0001FF00", 1, "0.01", "kW.h", true)]
    [InlineData("dlt645-2007", "EnergyTariff4", "0001FF00", 4, "0.01", "kW.h", true)]
    [InlineData("dlt645-2007", "VoltageA", "0201FF00", 0, "0.1", "V", false)]
    [InlineData("dlt645-2007", "VoltageC", "0201FF00", 2, "0.1", "V", false)]
    [InlineData("dlt645-2007", "CurrentB", "0202FF00", 1, "0.001", "A", true)]
    [InlineData("dlt645-2007", "Power", "02030000", 0, "0.0001", "kW", true)]
    [InlineData("dlt645-2007", "PowerFactor", "02060000", 0, "0.001", "1", false)]
    [InlineData("dlt645-2007", "Frequency", "02800002", 0, "0.01", "Hz", false)]
    [InlineData("dlt645-2007", "Demand", "02800004", 0, "0.0001", "kW", true)]
    [InlineData("dlt645-1997", "Energy", "9010", 0, "0.01", "kW.h", true)]
    [InlineData("dlt645-1997", "EnergyTariff3", "9013", 0, "0.01", "kW.h", true)]
    [InlineData("dlt645-1997", "VoltageA", "B611", 0, "1", "V", false)]
    [InlineData("dlt645-1997", "CurrentC", "B623", 0, "0.01", "A", true)]
    [InlineData("dlt645-1997", "Power", "B630", 0, "0.0001", "kW", true)]
    public void The_shipped_meters_have_the_identifiers_of_the_standard(
        string profile, string name, string identifier, int index, string resolution, string unit, bool isBehindTransformers)
    {
        var point = ShippedProfiles.Point(profile, $"electrical/{name}");

        Assert.Equal(
            (identifier, index, decimal.Parse(resolution, System.Globalization.CultureInfo.InvariantCulture), unit, isBehindTransformers),
            (point.Item?.Identifier.ToString(), point.Index, point.Resolution, point.Unit, point.Transformer));
        // A register starts again where its digits end.
        Assert.Equal(point.Kind == PointKind.Register ? point.Item?.Format.Width : null, point.Modulus);
    }

    [Theory]
    [InlineData("\"edition\": 2007,", "", "edition is missing: 2007 or 1997")]
    [InlineData("\"edition\": 2007", "\"edition\": 2021", "edition must be 2007 or 1997")]
    [InlineData("\"edition\": 2007", "\"edition\": 2007.5", "edition must be 2007 or 1997")]
    [InlineData("\"edition\": 2007", "\"edition\": 2007, \"maxGap\": 3", "maxGap belongs to Modbus devices")]
    [InlineData("\"edition\": 2007", "\"edition\": 2007, \"timestampPath\": \"ts\"", "timestampPath belongs to MQTT devices")]
    [InlineData("\"identifier\": \"00010000\", ", "", "points[1] Energy: identifier is missing")]
    [InlineData(
        "\"00010000\"", "\"0001000\"",
        "points[1] Energy: identifier is '0001000'; it has eight hexadecimal digits (2007) or four (1997)")]
    [InlineData("\"00010000\"", "\"9010\"", "points[1] Energy: identifier 9010 is of edition 1997, the meter speaks 2007")]
    [InlineData("\"00010000\"", "\"00010000\", \"index\": 1", "points[1] Energy: index is 1, behind 00010000 are 1 numbers")]
    [InlineData("\"00010000\"", "\"00010000\", \"index\": -1", "points[1] Energy: index must be a whole number from 0 to 99")]
    [InlineData("\"00010000\"", "\"00010000\", \"path\": \"x\"", "points[1] Energy: path belongs to MQTT points")]
    [InlineData("\"00010000\"", "\"00010000\", \"address\": 1", "points[1] Energy: address belongs to Modbus points")]
    [InlineData("\"00010000\"", "\"00010000\", \"writable\": true", "points[1] Energy: writable belongs to Modbus points")]
    [InlineData("\"modulus\": 1000000", "\"modulus\": 1000001", "points[1] Energy: modulus is more than the registers can show")]
    [InlineData("\"unit\": \"V\"", "\"unit\": \"A\"", "points[0] VoltageB: unit is A, 0201FF00 is in V")]
    [InlineData("\"index\": 1", "\"index\": 3", "points[0] VoltageB: index is 3, behind 0201FF00 are 3 numbers")]
    [InlineData(
        ", \"format\": \"-XXX.X\"", "",
        "points[3] Board: identifier 02800007 is not in the table; it needs a format, like \"XXXXXX.XX\"")]
    [InlineData(
        "-XXX.X", "XX.X",
        "points[3] Board: format is 'XX.X'; it is like \"XXXXXX.XX\" or \"-XX.XXXX\", 2 to 16 X, an even number")]
    [InlineData(
        "\"02800007\", \"format\": \"-XXX.X\"", "\"05060101\", \"index\": 0, \"format\": \"XXXXXX.XX\"",
        "points[3] Board: 05060101 number 0 is points[2] AtMidnight already")]
    [InlineData(
        "\"02800007\", \"format\": \"-XXX.X\"", "\"05060101\", \"index\": 1, \"format\": \"XXXX\"",
        "points[3] Board: 05060101 has another format at points[2] AtMidnight")]
    public void Each_mistake_is_named(string right, string wrong, string mistake)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        Assert.Equal([mistake], Mistakes(Good.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var text = Good.Replace("\"edition\": 2007", "\"edition\": 1", StringComparison.Ordinal)
            .Replace("0201FF00", "zz", StringComparison.Ordinal).Replace("-XXX.X", "X", StringComparison.Ordinal);

        Assert.Equal(3, Mistakes(text).Count);
    }

    [Fact]
    public void An_identifier_belongs_to_meters_only()
    {
        var text = """
            {
              "id": "meter", "name": "Meter", "source": "its manual", "protocol": "mqttJson", "edition": 2007,
              "groups": { "fast": "00:00:05" },
              "points": [
                { "name": "Voltage", "group": "fast", "kind": "level", "medium": "electricity", "unit": "V", "resolution": "0.1",
                  "path": "u", "identifier": "02010100", "index": 0, "format": "XX" }
              ]
            }
            """;

        Assert.Equal(
            [
                "edition belongs to DL/T 645 devices", "points[0] Voltage: identifier belongs to DL/T 645 points",
                "points[0] Voltage: index belongs to DL/T 645 points", "points[0] Voltage: format belongs to DL/T 645 points",
            ],
            Mistakes(text));
    }

    [Theory]
    [InlineData("XXXXXX.XX", 4, 2, false)]
    [InlineData("-XX.XXXX", 3, 4, true)]
    [InlineData("XXXX", 2, 0, false)]
    [InlineData(".XX", 1, 2, false)]
    [InlineData("XXXXXXXXXXXXXXXX", 8, 0, false)]
    public void A_form_is_read_as_the_standard_writes_it(string text, int bytes, int decimals, bool isSigned)
    {
        Assert.True(DltFormat.TryParse(text, "V", out var format));
        Assert.Equal(new DltFormat(bytes, decimals, "V", isSigned), format);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("XXX")]
    [InlineData("XX.")]
    [InlineData("X.X.XX")]
    [InlineData("xx")]
    [InlineData("XX-")]
    [InlineData("XXXXXXXXXXXXXXXXXX")]
    public void What_is_no_form_is_none(string? text) => Assert.False(DltFormat.TryParse(text, "V", out _));

    [Fact]
    public void What_a_meter_shows_is_read_back_to_the_last_digit()
    {
        var energy = Load(Good).Points[1].WithRatio(40);
        var format = energy.Item?.Format ?? throw new InvalidOperationException("no format");

        Gen.Long[0, 1_000_000_000_000].Sample(counts =>
        {
            Span<byte> digits = stackalloc byte[4];
            format.Encode(PointCodec.ToDigits(energy, counts * energy.Resolution), digits);
            var raw = format.Decode(digits) ?? throw new InvalidOperationException("no number");
            Assert.Equal(counts % 100_000_000, PointCodec.ToCount(energy, PointCodec.ToEngineering(energy, raw) ?? -1));
        });
    }

    [Fact]
    public void A_level_stops_at_the_ends_of_its_digits()
    {
        var points = Load(Good).Points;

        Assert.Equal(999.9m, PointCodec.ToDigits(points[0], 2000));
        Assert.Equal(0m, PointCodec.ToDigits(points[0], -1));
        Assert.Equal(-799.9m, PointCodec.ToDigits(points[3], -2000));
    }

    private static IReadOnlyList<string> Mistakes(string json) => Assert.Throws<ProfileException>(() => Load(json)).Mistakes;

    private static DeviceProfile Load(string json) => DeviceProfile.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "meter.json");
}
