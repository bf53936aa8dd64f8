using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>Bits, bit fields and bytes: points that share a register.</summary>
public class PointCodecPartTests
{
    private static readonly ProfilePoint Bit3 = State(PointType.Bit) with { Bits = new BitRange(3, 1) };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void A_coil_is_a_state_of_0_or_1(ushort coil, long count)
    {
        var point = State(PointType.Bit) with { Table = RegisterTable.Coil };

        Assert.Equal(count, PointCodec.ToCount(point, [coil]));
        Assert.Equal([coil], AnyPoints.EncodeExactly(point, count));
    }

    [Fact]
    public void A_bit_of_a_register_is_read_and_set_alone()
    {
        ushort[] registers = [0xFFF7];

        Assert.Equal(0, PointCodec.ToCount(Bit3, registers));
        PointCodec.Encode(Bit3, 1, registers);
        Assert.Equal([0xFFFF], registers);
        PointCodec.EncodeExactly(Bit3, 0, registers);
        Assert.Equal([0xFFF7], registers);
    }

    [Fact]
    public void A_bit_goes_through_a_map()
    {
        var running = Bit3 with { Map = new Dictionary<long, long> { [0] = 1, [1] = 7 } };

        Assert.Equal(7, PointCodec.ToCount(running, [0x0008]));
        Assert.Equal(1, PointCodec.ToCount(running, [0xFFF7]));
    }

    [Fact]
    public void A_bit_field_is_a_state_of_which_unknown_codes_are_missing()
    {
        var mode = State(PointType.UInt16) with
        {
            Bits = new BitRange(4, 3),
            Map = new Dictionary<long, long> { [0] = 10, [5] = 20 },
        };

        Assert.Equal(20, PointCodec.ToCount(mode, [0xFFDF]));
        Assert.Equal(10, PointCodec.ToCount(mode, [0xFF8F]));
        Assert.Null(PointCodec.ToCount(mode, [0xFFFF]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnyPoints.EncodeExactly(mode, 30));
    }

    [Fact]
    public void A_field_lies_in_the_value_and_not_in_its_registers()
    {
        // 0x12345678 with its low word first: bits 20 to 27 are 0x23.
        var field = State(PointType.UInt32) with { Order = RegisterOrder.CDAB, Bits = new BitRange(20, 8) };
        ushort[] registers = [0x5678, 0x1234];

        Assert.Equal(0x23, PointCodec.ToCount(field, registers));
        PointCodec.EncodeExactly(field, 0xAB, registers);
        Assert.Equal([0x5678, 0x1AB4], registers);
    }

    [Fact]
    public void The_bytes_of_a_register_are_two_values()
    {
        var high = AnyPoints.Plain(PointType.Int8) with { Bits = new BitRange(8, 8) };
        var low = AnyPoints.Plain(PointType.UInt8) with { Bits = new BitRange(0, 8) };
        ushort[] registers = [0xFE80];

        Assert.Equal(-2, PointCodec.ToEngineering(high, registers));
        Assert.Equal(128, PointCodec.ToEngineering(low, registers));
        PointCodec.EncodeExactly(low, 255, registers);
        PointCodec.EncodeExactly(high, -128, registers);
        Assert.Equal([0x80FF], registers);
    }

    private static ProfilePoint State(PointType type) => AnyPoints.Plain(type) with { Kind = PointKind.State };
}
