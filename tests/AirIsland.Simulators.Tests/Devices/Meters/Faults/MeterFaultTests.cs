using System.Text.Json;
using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Tests.Devices.Meters.Faults;

/// <summary>Each fault on a meter of 30 m³/min, which is half a m³ a second.</summary>
public sealed class MeterFaultTests
{
    private const string Flow = "VolumeFlowRate";
    private const string Volume = "AccumulatedVolume";

    private readonly Rigs _rigs = new();

    [Fact]
    public void A_frozen_meter_stands_still_and_loses_what_passes()
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.Frozen());
        _rigs.FlowM3PerMin = 60;
        Rigs.Run(60, meter);

        Assert.Equal((30, 1030), Shown(meter));
        Assert.True(meter.Transmission.Answers);
        Assert.True(meter.Clear("f"));
        Assert.Equal((60, 1030), Shown(meter));
        Rigs.Run(60, meter);
        Assert.Equal((60, 1090), Shown(meter));
    }

    [Fact]
    public void A_meter_whose_display_froze_catches_up()
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.Frozen(CatchesUp: true));
        Rigs.Run(60, meter);

        Assert.Equal((30, 1030), Shown(meter));
        meter.Clear("f");
        Assert.Equal((30, 1060), Shown(meter));
    }

    [Fact]
    public void A_frozen_register_stands_while_the_flow_lives()
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.RegisterFrozen());
        _rigs.FlowM3PerMin = 60;
        Rigs.Run(60, meter);

        Assert.Equal((60, 1030), Shown(meter));
        meter.Clear("f");
        Rigs.Run(60, meter);
        Assert.Equal((60, 1090), Shown(meter));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(12.0, 12)]
    public void A_stuck_sensor_stands_and_is_counted(double? at, int level)
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.Stuck(Flow, at));
        _rigs.FlowM3PerMin = 60;
        Rigs.Run(60, meter);

        Assert.Equal((level, 1030 + level), Shown(meter));
        Assert.Equal(level, meter.Truth.Points[Flow].StuckAt);
        meter.Clear("f");
        Rigs.Run(60, meter);
        Assert.Equal((60, 1090 + level), Shown(meter));
        Assert.Null(meter.Truth.Points[Flow].StuckAt);
    }

    [Fact]
    public void A_silent_meter_does_not_answer_and_goes_on_counting()
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.Silent());
        Rigs.Run(60, meter);

        Assert.False(meter.Transmission.Answers);
        meter.Clear("f");
        Assert.True(meter.Transmission.Answers);
        Assert.Equal((30, 1060), Shown(meter));
    }

    [Theory]
    [InlineData(null, 0, 0)]
    [InlineData(Volume, 30, 0)]
    [InlineData(Flow, 0, 1060)]
    public void A_transient_zero_hides_what_is_counted_on(string? point, int flow, int volume)
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.ReadsZero(point));
        Rigs.Run(60, meter);

        Assert.Equal((flow, volume), Shown(meter));
        meter.Clear("f");
        Assert.Equal((30, 1060), Shown(meter));
    }

    [Fact]
    public void A_reset_register_begins_at_zero_and_can_be_put_back()
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.RegisterReset());
        Assert.Equal(0, meter.Read(Volume));
        Rigs.Run(60, meter);

        Assert.Equal(30, meter.Read(Volume));
        meter.Clear("f");
        Assert.Equal(1060, meter.Read(Volume));
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(-900)]
    public void A_register_jumps_and_back(int by)
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.RegisterJump(by));
        Rigs.Run(60, meter);

        Assert.Equal(1060 + by, meter.Read(Volume));
        meter.Clear("f");
        Assert.Equal(1060, meter.Read(Volume));
    }

    [Fact]
    public void A_register_that_runs_backwards_goes_below_zero_to_its_end()
    {
        var meter = _rigs.FlowMeter(initial: 10.5m);
        meter.Set("f", new MeterFault.CountsBackwards());
        Rigs.Run(60, meter);

        Assert.Equal((30, 4_294_967_296 - 20), Shown(meter));
        meter.Clear("f");
        Rigs.Run(60, meter);
        Assert.Equal((30, 10), Shown(meter));
    }

    [Fact]
    public void An_exchanged_meter_has_another_serial_register_and_gain_and_the_old_one_comes_back()
    {
        var meter = _rigs.FlowMeter(gain: 0.01);
        Rigs.Run(100, meter);
        meter.Set("f", new MeterFault.Exchanged("SN-77", Register: 12.5m, Gain: -0.02));
        Rigs.Run(100, meter);

        Assert.Equal("SN-77", meter.Truth.Serial);
        Assert.Equal(-0.02, meter.Truth.Points[Flow].Gain, 12);
        Assert.Equal(12.5m + 49, meter.Registers[Volume].Total);
        meter.Clear("f");
        Assert.Equal("flow-1", meter.Serial);
        Assert.Equal(0.01, meter.Truth.Points[Flow].Gain, 12);
        Assert.Equal(1000.5m + 50.5m, meter.Registers[Volume].Total);
    }

    [Fact]
    public void An_exchanged_meter_has_errors_of_its_own_within_the_class()
    {
        var meter = Fitted();

        meter.Set("f", new MeterFault.Exchanged("SN-77"));
        var gain = meter.Truth.Points[Flow].Gain;
        meter.Set("f", new MeterFault.Exchanged("SN-78"));

        Assert.InRange(Math.Abs(gain), 1e-9, 0.015);
        Assert.NotEqual(gain, meter.Truth.Points[Flow].Gain);
    }

    [Fact]
    public void A_tampered_meter_counts_less_than_passes_from_an_instant()
    {
        var meter = _rigs.FlowMeter(gain: 0.01);
        Rigs.Run(1000, meter);
        meter.Set("f", new MeterFault.Tampered(-0.3));
        Rigs.Run(1000, meter);

        Assert.Equal(1.01 * 0.7 - 1, meter.Truth.Points[Flow].Gain, 12);
        Assert.Equal(0, meter.Truth.Points["GaugePressure"].Gain);
        Assert.Equal(0.7m, meter.Read("GaugePressure"));
        Assert.Equal(1000.5 + 500 * 1.01 + 500 * 1.01 * 0.7, (double)meter.Registers[Volume].Total, 9);
        meter.Clear("f");
        Rigs.Run(1000, meter);
        Assert.Equal(0.01, meter.Truth.Points[Flow].Gain, 12);
        Assert.Equal(1000.5 + 500 * 1.01 * 2.7, (double)meter.Registers[Volume].Total, 9);
    }

    [Fact]
    public void A_noise_burst_is_in_the_readings_and_not_in_the_register()
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.NoiseBurst(0.1, Flow));
        var readings = new HashSet<decimal>();
        for (var i = 0; i < 60; i++)
        {
            Rigs.Run(1, meter);
            readings.Add(meter.Read(Flow));
        }

        Assert.True(readings.Count > 50);
        Assert.Equal(1060, meter.Read(Volume));
        Assert.Equal(10, meter.Truth.Points[Flow].DeviationAdded);
        meter.Clear("f");
        Assert.Equal((30, 1060), Shown(meter));
    }

    [Fact]
    public void Several_faults_are_on_together_and_a_name_holds_one()
    {
        var meter = Fitted();
        meter.Set("a", new MeterFault.Tampered(-0.5));
        meter.Set("b", new MeterFault.Tampered(-0.5));
        meter.Set("b", new MeterFault.Tampered(-0.2));

        Assert.Equal(["a", "b"], meter.Faults.Select(fault => fault.Name));
        Assert.Equal(0.4 - 1, meter.Truth.Points[Flow].Gain, 12);
        Assert.Equal(TimeSpan.FromMinutes(1), meter.Faults[1].Since);
        Assert.False(meter.Clear("c"));
    }

    [Fact]
    public void A_fault_that_does_not_fit_is_refused_and_changes_nothing()
    {
        var meter = Fitted();
        meter.Set("f", new MeterFault.Silent());

        Assert.Throws<ArgumentException>(() => meter.Set("f", new MeterFault.Stuck("Nothing")));
        Assert.Throws<ArgumentException>(() => meter.Set("f", new MeterFault.Tampered(Point: "Nothing")));
        Assert.Throws<ArgumentException>(() => meter.Set("f", new MeterFault.NoiseBurst(1, "Nothing")));
        Assert.Throws<ArgumentException>(() => meter.Set("f", new MeterFault.ReadsZero("Nothing")));
        Assert.Throws<ArgumentException>(() => meter.Set("f", new MeterFault.Swapped("other")));

        Assert.IsType<MeterFault.Silent>(Assert.Single(meter.Faults).Fault);
    }

    [Fact]
    public void Every_fault_is_written_and_read_by_its_kind()
    {
        MeterFault[] all =
        [
            new MeterFault.Frozen(true), new MeterFault.RegisterFrozen(), new MeterFault.Stuck("p", 3), new MeterFault.Silent(),
            new MeterFault.ReadsZero(), new MeterFault.RegisterReset(), new MeterFault.RegisterJump(7), new MeterFault.CountsBackwards(),
            new MeterFault.Swapped("b"), new MeterFault.Exchanged("s", 1), new MeterFault.Tampered(), new MeterFault.ClockWrong(1),
            new MeterFault.Duplicating(3), new MeterFault.Late(5), new MeterFault.TransformerRatioWrong(2),
            new MeterFault.PhaseMissing(Phase.C), new MeterFault.NoiseBurst(0.1),
        ];

        Assert.Equal(typeof(MeterFault).GetNestedTypes().Length, all.Length);
        Assert.All(all, fault => Assert.Equal(fault, JsonSerializer.Deserialize<MeterFault>(JsonSerializer.Serialize(fault))));
        Assert.Equal("""{"kind":"tampered","Gain":-0.3,"Point":null}""", JsonSerializer.Serialize<MeterFault>(new MeterFault.Tampered()));
    }

    private FieldMeter Fitted()
    {
        var meter = _rigs.FlowMeter();
        Rigs.Run(60, meter);
        return meter;
    }

    private static (decimal Flow, decimal Volume) Shown(FieldMeter meter) => (meter.Read(Flow), meter.Read(Volume));
}
