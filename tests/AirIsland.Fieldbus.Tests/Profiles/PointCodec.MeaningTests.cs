using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>What the codec makes of real points: units, states, rollover, transformers.</summary>
public class PointCodecMeaningTests
{
    [Fact]
    public void The_flow_meters_float_in_m3_per_hour_becomes_m3_per_minute()
    {
        var point = ShippedProfiles.Point("suto-s401", "VolumeFlowRate");

        // 84.6 m3/h is 0x42A93333; low word first.
        Assert.Equal(1_410, PointCodec.ToCount(point, [0x3333, 0x42A9]));
        Assert.Equal([0x3333, 0x42A9], Encode(point, 1.41m));
    }

    [Fact]
    public void The_flow_meters_float_in_bar_becomes_MPa()
    {
        var point = ShippedProfiles.Point("suto-s401", "GaugePressure");

        // 7.05 bar is 0x40E1999A.
        Assert.Equal(705, PointCodec.ToCount(point, [0x999A, 0x40E1]));
    }

    [Fact]
    public void The_flow_meters_total_goes_past_what_a_float_could_count()
    {
        var point = ShippedProfiles.Point("suto-s401", "AccumulatedVolume");

        Assert.Equal(123_456_789, PointCodec.ToCount(point, [0xCD15, 0x075B]));
    }

    [Fact]
    public void The_controllers_registers_mean_MPa_and_degrees()
    {
        Assert.Equal(0.72m, PointCodec.ToEngineering(ShippedProfiles.Point("mam6080", "outlet/GaugePressure"), [72]));
        Assert.Equal(81.5m, PointCodec.ToEngineering(ShippedProfiles.Point("mam6080", "outlet/Temperature"), [815]));
        Assert.Equal(-0.5m, PointCodec.ToEngineering(ShippedProfiles.Point("mam6080", "outlet/Temperature"), [0xFFFB]));
        Assert.Equal(49.87m, PointCodec.ToEngineering(ShippedProfiles.Point("mam6080", "motor/Frequency"), [4987]));
    }

    [Fact]
    public void A_meter_behind_transformers_keeps_its_counts_and_multiplies_its_values()
    {
        var energy = ShippedProfiles.Point("acrel-dtsd1352", "electrical/Energy");
        var behind = energy.WithRatio(40);

        Assert.Equal(1_234.56m, PointCodec.ToEngineering(energy, [0x0001, 0xE240]));
        Assert.Equal(49_382.4m, PointCodec.ToEngineering(behind, [0x0001, 0xE240]));
        Assert.Equal(123_456, PointCodec.ToCount(behind, [0x0001, 0xE240]));
        Assert.Equal(0.4m, behind.Resolution);
        Assert.Equal(4_294_967_296m, behind.Modulus / behind.Resolution);
    }

    [Fact]
    public void Power_fed_back_is_negative()
    {
        var point = ShippedProfiles.Point("acrel-dtsd1352", "electrical/Power");

        Assert.Equal(-1.5m, PointCodec.ToEngineering(point, [0xFFFF, 0xFA24]));
    }

    [Fact]
    public void A_ratio_leaves_points_alone_that_are_not_behind_transformers()
    {
        var voltage = ShippedProfiles.Point("acrel-dtsd1352", "electrical/VoltageA");

        Assert.Same(voltage, voltage.WithRatio(40));
        Assert.Throws<ArgumentOutOfRangeException>(() => voltage.WithRatio(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => voltage.WithRatio(-1));
    }

    [Fact]
    public void A_register_starts_again_from_zero_at_its_modulus()
    {
        var energy = ShippedProfiles.Point("acrel-dtsd1352", "electrical/Energy");

        Assert.Equal([0xFFFF, 0xFFFF], Encode(energy, 42_949_672.95m));
        Assert.Equal([0x0000, 0x0000], Encode(energy, 42_949_672.96m));
        Assert.Equal([0x0000, 0x0007], Encode(energy, 42_949_673.03m));
        Assert.Equal([0x0000, 0x0000], Encode(energy, 42_949_672.957m));
    }

    [Fact]
    public void A_register_with_a_display_of_nine_digits_starts_again_at_its_own_modulus()
    {
        var point = ShippedProfiles.Point("suto-s401", "AccumulatedVolume") with { Modulus = 1_000_000_000 };

        Assert.Equal(3, PointCodec.ToCount(point, Encode(point, 5_000_000_003m)));
    }

    [Fact]
    public void A_level_stops_at_the_ends_of_its_type()
    {
        Assert.Equal([0xFFFF], Encode(ShippedProfiles.Point("mam6080", "outlet/GaugePressure"), 700m));
        Assert.Equal([0x0000], Encode(ShippedProfiles.Point("mam6080", "outlet/GaugePressure"), -1m));
        Assert.Equal([0x8000], Encode(ShippedProfiles.Point("mam6080", "outlet/Temperature"), -9_999m));
    }

    [Fact]
    public void A_state_goes_through_its_map_both_ways_and_an_unknown_code_is_missing()
    {
        var point = ShippedProfiles.Point("mam6080", "OperatingState") with
        {
            Map = new Dictionary<long, long> { [0] = 1, [3] = 7, [9] = 7 },
        };

        Assert.Equal(1, PointCodec.ToCount(point, [0]));
        Assert.Equal(7, PointCodec.ToCount(point, [9]));
        Assert.Null(PointCodec.ToCount(point, [1]));
        Assert.Null(PointCodec.ToEngineering(point, 3.5m));
        Assert.Equal([3], Encode(point, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(point, 4));
    }

    [Fact]
    public void A_state_without_a_map_is_the_devices_own_code()
    {
        Assert.Equal(65_535, PointCodec.ToCount(ShippedProfiles.Point("mam6080", "FaultCode"), [65_535]));
    }

    private static ushort[] Encode(ProfilePoint point, decimal engineering)
    {
        var registers = new ushort[point.RegisterCount];
        PointCodec.Encode(point, engineering, registers);
        return registers;
    }
}
