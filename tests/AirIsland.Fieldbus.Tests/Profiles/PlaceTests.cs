using System.Text;
using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>Where profiles say that values lie: addresses, types, orders, parts, and what must be read together.</summary>
public class PlaceTests
{
    private const string State = "\"kind\": \"state\", \"medium\": \"air\", \"unit\": \"1\", \"resolution\": 1";
    private const string Notation = "as a text it is 0, 1, 3 or 4 and then 0001 to 9999 or 00001 to 65536, or hexadecimal";
    private const string Level = "\"kind\": \"level\", \"medium\": \"air\", \"unit\": \"V\", \"resolution\": 1";

    [Theory]
    [InlineData("\"address\": 40001", 0, RegisterTable.Holding, 40001)]
    [InlineData("\"address\": \"40001\"", 0, RegisterTable.Holding, 0)]
    [InlineData("\"address\": \"400001\"", 0, RegisterTable.Holding, 0)]
    [InlineData("\"address\": \"49999\"", 0, RegisterTable.Holding, 9998)]
    [InlineData("\"address\": \"465536\"", 0, RegisterTable.Holding, 65535)]
    [InlineData("\"address\": \"30101\"", 1, RegisterTable.Input, 100)]
    [InlineData("\"address\": \"30101\", \"table\": \"input\"", 0, RegisterTable.Input, 100)]
    [InlineData("\"address\": 1", 1, RegisterTable.Holding, 0)]
    [InlineData("\"address\": 65536", 1, RegisterTable.Holding, 65535)]
    [InlineData("\"address\": \"0x0010\"", 1, RegisterTable.Holding, 15)]
    [InlineData("\"address\": \"0x0010\"", 0, RegisterTable.Holding, 16)]
    public void An_address_says_what_it_counts_from(string address, int start, RegisterTable table, int expected)
    {
        var point = Load($"{Level}, \"type\": \"uint16\", {address}", start);

        Assert.Equal((table, expected), (point.Table, (int)point.Address));
    }

    [Theory]
    [InlineData("\"00001\"", RegisterTable.Coil, 0)]
    [InlineData("\"010000\"", RegisterTable.Coil, 9999)]
    [InlineData("\"10008\"", RegisterTable.DiscreteInput, 7)]
    [InlineData("7, \"table\": \"discreteInput\"", RegisterTable.DiscreteInput, 7)]
    public void Bits_have_tables_of_their_own(string address, RegisterTable table, int expected)
    {
        var point = Load($"{State}, \"type\": \"bit\", \"address\": {address}");

        Assert.Equal((table, expected, (BitRange?)null), (point.Table, (int)point.Address, point.Bits));
    }

    [Theory]
    [InlineData("\"type\": \"uint16\", \"address\": \"40000\"", "address is '40000'; " + Notation)]
    [InlineData("\"type\": \"uint16\", \"address\": \"465537\"", "address is '465537'; " + Notation)]
    [InlineData("\"type\": \"uint16\", \"address\": \"20001\"", "address is '20001'; " + Notation)]
    [InlineData("\"type\": \"uint16\", \"address\": \"100\"", "address is '100'; " + Notation)]
    [InlineData("\"type\": \"uint16\", \"address\": \"40001\", \"table\": \"input\"", "table is Input, its address is in Holding")]
    [InlineData("\"type\": \"uint32\", \"address\": \"465536\"", "address leaves no room for all registers")]
    [InlineData("\"type\": \"uint16\", \"address\": \"10001\"", "table must be holding or input")]
    [InlineData("\"type\": \"uint16\", \"address\": -1", "address must be an address from 0 to 65535 or \"0x0000\" to \"0xFFFF\"")]
    [InlineData("\"type\": \"bit\", \"address\": 1", "bit is missing: 0 to 15")]
    [InlineData("\"type\": \"bit\", \"address\": 1, \"bit\": 16", "bit must be a whole number from 0 to 15")]
    [InlineData("\"type\": \"bit\", \"address\": 1, \"table\": \"coil\", \"bit\": 1", "bit belongs to type bit in a register")]
    [InlineData("\"type\": \"uint16\", \"address\": 1, \"bit\": 1", "bit belongs to type bit in a register")]
    [InlineData("\"type\": \"int16\", \"address\": 1, \"bits\": \"1-2\"", "bits belong to uint16, uint32 and uint64")]
    [InlineData("\"type\": \"uint16\", \"address\": 1, \"bits\": \"9-16\"", "bits must be like \"4-6\", from 0 to 15")]
    [InlineData("\"type\": \"uint16\", \"address\": 1, \"bits\": \"6-4\"", "bits must be like \"4-6\", from 0 to 15")]
    [InlineData("\"type\": \"uint8\", \"address\": 1", "byte must be \"high\" or \"low\"")]
    [InlineData("\"type\": \"uint16\", \"address\": 1, \"byte\": \"low\"", "byte belongs to 8-bit types")]
    [InlineData("\"type\": \"bcd\", \"address\": 1", "length is missing: the registers of bcd and text")]
    [InlineData("\"type\": \"bcd\", \"address\": 1, \"length\": 8", "length must be a whole number from 1 to 7")]
    [InlineData("\"type\": \"bcd48\", \"address\": 1, \"length\": 3", "length stands in bcd48 already")]
    [InlineData("\"type\": \"bcd20\", \"address\": 1", "type is 'bcd20'; packed decimals are bcd16 to bcd112, sixteen bits a register")]
    [InlineData("\"type\": \"uint16\", \"address\": 1, \"length\": 2", "length belongs to bcd and text")]
    [InlineData(
        "\"type\": \"uint64\", \"address\": 1, \"order\": \"CDAB\"",
        "order is 'CDAB'; known for UInt64 are ABCDEFGH, GHEFCDAB, BADCFEHG, HGFEDCBA")]
    [InlineData("\"type\": \"uint32\", \"address\": 1, \"order\": \"AB\"", "order is 'AB'; known for UInt32 are ABCD, CDAB, BADC, DCBA")]
    [InlineData("\"type\": \"text\", \"address\": 1, \"length\": 4", "kind text and type text belong together")]
    [InlineData("\"type\": \"float16\", \"address\": 1", "a state cannot be a float")]
    [InlineData("\"type\": \"uint16\", \"address\": 1, \"readTogether\": \"\"", "readTogether is empty")]
    public void One_mistake_is_one_line(string place, string mistake)
    {
        var refused = Assert.Throws<ProfileException>(() => Load($"{State}, {place}"));

        Assert.Equal([$"points[0] P0: {mistake}"], refused.Mistakes);
    }

    [Theory]
    [InlineData("2", "base must be a whole number from 0 to 1")]
    [InlineData("1", "points[0] P0: address must be an address from 1 to 65536 or \"0x0001\" to \"0x10000\"")]
    public void A_base_is_0_or_1_and_no_address_lies_before_it(string start, string mistake)
    {
        var json = Json($"\"base\": {start}", $"{Level}, \"type\": \"uint16\", \"address\": 0");

        Assert.Equal([mistake], Assert.Throws<ProfileException>(() => Read(json)).Mistakes);
    }

    [Theory]
    [InlineData("\"type\": \"uint16\", \"order\": \"BA\"", PointType.UInt16, RegisterOrder.BADC, 1)]
    [InlineData("\"type\": \"float64\", \"order\": \"GHEFCDAB\"", PointType.Float64, RegisterOrder.CDAB, 4)]
    [InlineData("\"type\": \"int64\", \"order\": \"HGFEDCBA\"", PointType.Int64, RegisterOrder.DCBA, 4)]
    [InlineData("\"type\": \"bcd\", \"length\": 2, \"order\": \"CDAB\"", PointType.Bcd, RegisterOrder.CDAB, 2)]
    [InlineData("\"type\": \"bcd64\"", PointType.Bcd, RegisterOrder.ABCD, 4)]
    [InlineData("\"type\": \"float16\"", PointType.Float16, RegisterOrder.ABCD, 1)]
    public void A_type_and_its_order_are_read_by_name(string place, PointType type, RegisterOrder order, int registers)
    {
        var point = Load($"{Level}, \"address\": 5, {place}");

        Assert.Equal((type, order, registers), (point.Type, point.Order, point.RegisterCount));
    }

    [Fact]
    public void A_text_needs_no_unit_and_has_no_range()
    {
        const string Text = """
            "kind": "text", "medium": "air", "type": "text", "length": 6, "address": 49, "order": "BA"
            """;

        Assert.Equal((6, "1", 1m), (Load(Text).RegisterCount, Load(Text).Unit, Load(Text).Resolution));
        Assert.Equal(
            ["points[0] P0: a text has no minimum or maximum"],
            Assert.Throws<ProfileException>(() => Load($"{Text}, \"minimum\": 1")).Mistakes);
    }

    [Fact]
    public void Parts_of_a_register_lie_side_by_side_and_no_bit_is_two_points()
    {
        const string Word = $"{State}, \"address\": 7";
        const string Low = $"{Word}, \"type\": \"uint8\", \"byte\": \"low\"";

        static string Bit(int bit) => $"{Word}, \"type\": \"bit\", \"bit\": {bit}";
        static string Field(string bits) => $"{Word}, \"type\": \"uint16\", \"bits\": \"{bits}\"";

        Assert.Equal(3, Read(Json("", Low, Bit(8), Field("9-15"))).Points.Count);
        Assert.Equal(
            ["points[1] P1: address 7 overlaps points[0] P0", "points[2] P2: address 7 overlaps points[1] P1"],
            Assert.Throws<ProfileException>(() => Read(Json("", Low, Bit(7), Field("6-7")))).Mistakes);
        Assert.Equal(
            ["points[1] P1: address 7 overlaps points[0] P0"],
            Assert.Throws<ProfileException>(() => Read(Json("", Low, $"{Word}, \"type\": \"uint16\""))).Mistakes);
    }

    [Fact]
    public void What_is_read_together_must_come_from_one_request()
    {
        static string At(string place) => $"{Level}, \"type\": \"uint16\", {place}";
        const string Pair = ", \"readTogether\": \"pair\"";

        Assert.Equal("pair", Read(Json("", At("\"address\": 3" + Pair), At("\"address\": 5" + Pair))).Points[1].ReadTogether);
        Assert.Equal(["readTogether pair: its points lie in two tables"], Mistakes("", "\"address\": 3", "\"address\": \"30004\""));
        Assert.Equal(
            ["readTogether pair: needs 41 at once, the device answers 40"],
            Mistakes("\"maxRegisters\": 40", "\"address\": 3", "\"address\": 43"));
        Assert.Equal(
            ["readTogether pair: points[2] P2 lies between its points"],
            Assert.Throws<ProfileException>(
                () => Read(Json("", At("\"address\": 3" + Pair), At("\"address\": 5" + Pair), At("\"address\": 4")))).Mistakes);

        IReadOnlyList<string> Mistakes(string device, string one, string other) =>
            Assert.Throws<ProfileException>(() => Read(Json(device, At(one + Pair), At(other + Pair)))).Mistakes;
    }

    [Fact]
    public void A_value_wider_than_a_read_is_a_mistake()
    {
        var json = Json("\"maxRegisters\": 3", $"{Level}, \"type\": \"float64\", \"address\": 3");

        Assert.Equal(["points[0] P0: takes 4 registers, the device answers 3"], Assert.Throws<ProfileException>(() => Read(json)).Mistakes);
    }

    [Fact]
    public void Damaged_places_are_refused_with_their_mistakes_and_never_crash()
    {
        const string Factors = "\"divide\": 1000000, \"scale\": \"0.000000001\"";
        const string Total = "\"kind\": \"register\", \"medium\": \"water\", \"unit\": \"m3\", \"modulus\": \"1000000000000000000\"";
        const string Pair = "\"readTogether\": \"a\"";
        var good = Json(
            "\"base\": 1, \"maxCoils\": 7",
            $"{State}, \"address\": 8, \"type\": \"bit\", \"bit\": 3",
            $"{Level}, \"address\": \"40010\", \"type\": \"bcd112\", {Pair}, {Factors}",
            $"{Level}, \"address\": \"0x0030\", \"type\": \"uint64\", \"bits\": \"4-60\", \"order\": \"HGFEDCBA\", {Pair}",
            $"{Total}, \"resolution\": 1000, \"address\": \"300099\", \"type\": \"bcd112\", {Factors}",
            "\"kind\": \"text\", \"medium\": \"air\", \"type\": \"text\", \"length\": 6, \"address\": 149, \"order\": \"BA\"");
        var wrong = Gen.OneOf("", "0", "1", "\"x\"", "{}", "null", "-1", ",", "9999999");
        var damage = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 30], wrong);

        damage.Sample(
            d =>
            {
                try
                {
                    var rest = good.AsSpan(Math.Min(good.Length, d.Item1 + d.Item2));
                    Assert.NotEmpty(Read(string.Concat(good.AsSpan(0, d.Item1), d.Item3, rest)).Points);
                }
                catch (ProfileException e)
                {
                    Assert.NotEmpty(e.Mistakes);
                }
            },
            iter: 20_000);
    }

    private static ProfilePoint Load(string point, int start = 0) => Read(Json($"\"base\": {start}", point)).Points[0];

    private static DeviceProfile Read(string json) => DeviceProfile.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "test");

    private static string Json(string device, params string[] points)
    {
        var items = points.Select((point, i) => $$"""{ "name": "P{{i}}", "group": "g", {{point}} }""");
        var more = device.Length == 0 ? "" : device + ",";
        return $$"""
            { "id": "x", "name": "n", "source": "s", "protocol": "modbus", {{more}}
              "groups": { "g": "00:01:00" }, "points": [ {{string.Join(",\n", items)}} ] }
            """;
    }
}
