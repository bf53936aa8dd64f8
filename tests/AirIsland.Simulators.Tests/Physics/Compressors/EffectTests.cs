using System.Text.Json;
using System.Text.Json.Serialization;
using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Tests.Physics.Compressors;

public sealed class EffectTests
{
    private static readonly CompressorSpec Screw = CompressorCatalogue.ScrewLoadUnload;

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    [Theory]
    [InlineData(0, 0.5, 101_300, 1.0839)]
    [InlineData(20, 0.6, 101_300, 0.9990)]
    [InlineData(30, 0.8, 100_500, 0.9391)]
    [InlineData(35, 0.7, 100_300, 0.9168)]
    public void Dry_air_delivered_follows_temperature_humidity_and_barometer(double celsius, double humidity, double pa, double multiplier)
    {
        var air = new Surroundings(pa, celsius + 273.15, humidity);

        Assert.Equal(multiplier, air.DryDensity / Surroundings.FadDensity, 0.0001);
        Assert.Equal(multiplier, TestBench.Warm(Screw, around: air).CapacityShare, 0.001);
        Assert.Equal(multiplier, TestBench.Warm(CompressorCatalogue.OilFreeLoadUnload, around: air).CapacityShare, 0.001);
    }

    [Fact]
    public void Warmth_takes_air_but_not_power_from_a_screw_and_both_from_a_turbo()
    {
        var warm = new Surroundings(100_000, 313.15, 0);

        Assert.Equal(TestBench.Warm(Screw).PowerW, TestBench.Warm(Screw, around: warm).PowerW, 1);
        Assert.Equal(293.15 / 313.15, TestBench.Warm(Screw, around: warm).CapacityShare, 0.001);
        var turbo = TestBench.Warm(CompressorCatalogue.TurboBlowOff, around: warm);
        Assert.InRange(turbo.PowerW / CompressorCatalogue.TurboBlowOff.RatedPowerW, 0.80, 0.935);
        Assert.InRange(turbo.CapacityShare, 0.75, 0.93);
    }

    /// <summary>Against the altitude polynomials of AIRMaster+ for screws, psia.</summary>
    [Theory]
    [InlineData(500)]
    [InlineData(1000)]
    [InlineData(1500)]
    public void Height_takes_power_and_flow(double metres)
    {
        var air = new Surroundings(Surroundings.BarometerPa(metres), 293.15, 0);
        var machine = TestBench.Warm(Screw, around: air);
        var psia = air.Pa / 6894.76;

        var power = -5.77e-5 * psia * psia * psia + 2.51e-4 * psia * psia + 0.0466 * psia + 0.4442;
        Assert.Equal(power, machine.PowerW / Screw.RatedPowerW, 0.025);
        // The polynomial speaks of inlet volume; this is of air, which also is thinner.
        var volume = 2.58e-4 * psia * psia * psia - 0.0116 * psia * psia + 0.176 * psia + 0.09992;
        Assert.Equal(volume * air.Pa / 1e5, machine.CapacityShare, 0.02);
    }

    [Fact]
    public void A_bar_more_costs_6_to_8_percent_power_and_a_percent_of_flow()
    {
        foreach (var spec in new[] { Screw, CompressorCatalogue.TwoStageLoadUnload })
        {
            var low = TestBench.Warm(spec with { MaximumMPa = 0.9 }, 0.7);
            var high = TestBench.Warm(spec with { MaximumMPa = 0.9 }, 0.8);

            Assert.InRange(high.PowerW / low.PowerW, 1.055, 1.08);
            Assert.Equal(0.989, high.CapacityShare / low.CapacityShare, 0.001);
        }
    }

    [Fact]
    public void Wear_and_a_clogged_intake_filter_cost_air_or_power()
    {
        var worn = TestBench.Warm(Screw, condition: new() { CapacityLoss = 0.1, PowerGain = 0.05 });
        Assert.Equal(0.9, worn.CapacityShare, 0.001);
        Assert.Equal(1.05, worn.PowerW / Screw.RatedPowerW, 0.003);

        var clogged = TestBench.Warm(Screw, condition: new() { IntakeFilterPa = 5000 });
        Assert.InRange(clogged.CapacityShare, 0.94, 0.96);
        Assert.True(TestBench.SpecificPower(clogged) > 1.015 * Screw.SpecificPower);
    }

    [Fact]
    public void A_machine_warms_up_in_minutes_and_cools_down_in_hours()
    {
        var machine = new Compressor(Screw);
        TestBench.Hold(machine, 60, 0.7, TestBench.Full);
        Assert.InRange(machine.OilKelvin - 273.15, 22, 50);
        TestBench.Hold(machine, 840, 0.7, TestBench.Full);
        Assert.InRange(machine.OilKelvin - 273.15, 70, 80);

        TestBench.Hold(machine, 3600, 0.7, CompressorCommand.Off);
        Assert.InRange(machine.OilKelvin - 273.15, 45, 72);
        TestBench.Hold(machine, 24 * 3600, 0.7, CompressorCommand.Off, seconds: 60);
        Assert.InRange(machine.OilKelvin - 273.15, 20, 21);
    }

    [Fact]
    public void A_dirty_cooler_on_a_hot_day_trips_the_machine_and_a_clean_one_does_not()
    {
        var hot = new Surroundings(100_000, 313.15, 0.5);
        foreach (var spec in CompressorCatalogue.All)
        {
            var clean = TestBench.Warm(spec, around: hot);
            Assert.False(clean.IsAlarmed, $"{spec.Id} {clean.ElementKelvin - 273.15:0} °C");
        }
        var dirty = TestBench.Warm(Screw, around: hot, condition: new() { CoolerLoss = 0.4 });

        Assert.Equal((CompressorTrip.Temperature, CompressorState.Stopped), (dirty.Trip, dirty.State));
    }

    [Fact]
    public void A_spec_survives_JSON()
    {
        foreach (var spec in CompressorCatalogue.All)
        {
            var text = JsonSerializer.Serialize(spec with { IdleSeconds = 300 }, Json);
            Assert.Equal(spec with { IdleSeconds = 300 }, JsonSerializer.Deserialize<CompressorSpec>(text, Json));
        }
    }

    [Fact]
    public void A_spec_that_is_no_machine_says_all_that_is_wrong()
    {
        var wrong = Screw with { SpecificPower = 4, Control = CapacityControl.MultiStep, UnloadAboveMPa = 0.6 };

        var message = Assert.Throws<ArgumentException>(() => new Compressor(wrong)).Message;

        Assert.Contains("MultiStep is no control of OilInjectedScrew", message, StringComparison.Ordinal);
        Assert.Contains("SpecificPower is not above the ideal 4.73", message, StringComparison.Ordinal);
        Assert.Contains("LoadBelowMPa is not below UnloadAboveMPa", message, StringComparison.Ordinal);
    }
}
