using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Tests.Physics;
using CsCheck;

namespace AirIsland.Simulators.Tests.Devices.Meters;

public sealed class MeterTests
{
    [Fact]
    public void A_totaliser_does_not_drift()
    {
        var total = new Totaliser(0.1m, 1_000_000_000m, 999_000m);

        for (var i = 0; i < 1_000_000; i++) total.Add(0.1);

        Assert.Equal(1_099_000.0m, total.Register);
    }

    [Fact]
    public void A_totaliser_shows_completed_counts_and_starts_again_at_its_width()
    {
        var total = new Totaliser(10, 1000, 985);
        Assert.Equal(980, total.Register);

        total.Add(4.9);
        Assert.Equal(980, total.Register);
        total.Add(0.1);
        Assert.Equal(990, total.Register);
        total.Add(10);
        Assert.Equal(0, total.Register);
    }

    [Fact]
    public void A_used_totaliser_begins_half_a_count_on() =>
        Gen.Int.Sample(seed =>
        {
            var total = Totaliser.Used(1, 4294967296, new Random(seed));
            var before = total.Register;
            total.Add(0.49);
            var still = total.Register;
            total.Add(0.02);
            return still == before && total.Register == before + 1;
        });

    [Fact]
    public void A_flow_meter_counts_the_true_air_times_its_gain()
    {
        var plant = Plants.At(9);
        var meter = Flow(plant, new(Gain: 0.002, Noise: 0.003, CutOff: 0.2));
        var before = meter.Read("AccumulatedVolume");

        Plants.Run(plant, TimeSpan.FromHours(1), () => meter.Advance(Plants.Step));

        var truth = plant.Lifode.MeteredNormalM3 * 1.0732199 * 1.002;
        Assert.Equal(truth, (double)(meter.Read("AccumulatedVolume") - before), 0.1001);
    }

    [Fact]
    public void A_flow_meter_neither_shows_nor_counts_below_its_cut_off()
    {
        var plant = new Plant(new() { Start = Plants.Site(2), LeakDiameterMm = 1.5 });
        var meter = Flow(plant, new(Gain: 0, Noise: 0.003, CutOff: 0.2));
        var before = meter.Read("AccumulatedVolume");

        Plants.Run(plant, TimeSpan.FromMinutes(30), () => meter.Advance(Plants.Step));

        Assert.True(plant.Lifode.MeteredNormalM3 > 2);
        Assert.Equal(0, meter.Read("VolumeFlowRate"));
        Assert.Equal(before, meter.Read("AccumulatedVolume"));
    }

    [Fact]
    public void Flicker_is_in_the_reading_and_not_in_the_register()
    {
        var plant = Plants.At(9);
        var calm = Flow(plant, new(Gain: 0, Noise: 0, CutOff: 0.2));
        var wild = Flow(plant, new(Gain: 0, Noise: 0.1, CutOff: 0.2));
        var differing = 0;

        Plants.Run(plant, TimeSpan.FromMinutes(10), () =>
        {
            calm.Advance(Plants.Step);
            wild.Advance(Plants.Step);
            if (Math.Abs(calm.Read("VolumeFlowRate") - wild.Read("VolumeFlowRate")) > 0.1m) differing++;
            Assert.Equal(calm.Read("AccumulatedVolume"), wild.Read("AccumulatedVolume"));
        });

        Assert.True(differing > 1000);
    }

    [Fact]
    public void A_power_meter_counts_the_true_energy_times_its_gain()
    {
        var plant = Plants.At(9);
        var meter = new PowerMeter(
            () => plant.Electricity, new(Gain: 0.0005, Noise: 0.001, CutOff: 0.05), new(0.01m, 42949672.96m, 0.005m), new Random(1));

        Plants.Run(plant, TimeSpan.FromHours(1), () => meter.Advance(Plants.Step));

        Assert.Equal(plant.Truth.KilowattHours * 1.0005, (double)meter.Read("electrical/Energy"), 0.01001);
        var ampere = (double)meter.Read("electrical/CurrentA");
        var expected = plant.Electricity.Kilowatts * 1000 / 3 / 230 / (double)meter.Read("electrical/PowerFactor");
        Assert.InRange(ampere, 0.98 * expected, 1.02 * expected);
    }

    [Fact]
    public void Standing_meters_read_no_flow_and_keep_their_registers()
    {
        var plant = Plants.At(9);
        var meter = Flow(plant, new(Gain: 0, Noise: 0.003, CutOff: 0.2));
        Plants.Run(plant, TimeSpan.FromMinutes(10), () => meter.Advance(Plants.Step));
        var before = meter.Read("AccumulatedVolume");

        meter.Stand();

        Assert.Equal(0, meter.Read("VolumeFlowRate"));
        Assert.Equal(before, meter.Read("AccumulatedVolume"));
        Assert.InRange(meter.Read("GaugePressure"), 0.6m, 0.8m);
    }

    private static FlowMeter Flow(Plant plant, MeterAccuracy accuracy) =>
        new(plant, plant.Lifode, accuracy, new(0.1m, 1_000_000_000m, 0.05m), new Random(3));
}
