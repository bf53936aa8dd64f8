using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Registers;
using CsCheck;

namespace AirIsland.Simulators.Tests.Devices.Meters;

public sealed class FieldMeterTests
{
    [Fact]
    public void The_register_is_the_integral_of_the_flow_that_is_shown() =>
        Gen.Select(Gen.Int, Gen.Double[0, 120].Array[1, 300]).Sample((seed, flows) =>
        {
            var rigs = new Rigs();
            var spec = new MeterSpec { Class = "1.5+0.3FS", High = 100, CutOff = 0.5, DriftPerYear = 0.01 };
            var meter = new FieldMeter("flow", "1", seed)
                .Measure("Flow", spec, Tap.Level(() => rigs.FlowM3PerMin))
                .Count("Volume", "Flow", 1 / 60.0, new() { Resolution = 0.001m, Initial = 0.0005m });
            var shown = 0m;
            foreach (var flow in flows)
            {
                rigs.FlowM3PerMin = flow;
                meter.Advance(Rigs.Second);
                shown += meter.Read("Flow") / 60;
            }
            return Math.Abs(meter.Read("Volume") - shown) <= 0.0005m + 1e-8m * flows.Length;
        });

    [Fact]
    public void Half_second_steps_and_second_steps_total_the_same() =>
        Gen.Select(Gen.Int, Gen.Double[0, 100].Array[1, 300]).Sample((seed, flows) =>
        {
            var rigs = new Rigs();
            var (fine, coarse) = (Damped(rigs, seed), Damped(rigs, seed));
            foreach (var flow in flows)
            {
                rigs.FlowM3PerMin = flow;
                coarse.Advance(Rigs.Second);
                fine.Advance(Rigs.Second / 2);
                fine.Advance(Rigs.Second / 2);
            }
            var (a, b) = (coarse.Registers["Volume"].Total, fine.Registers["Volume"].Total);
            Assert.InRange(a - b, -1e-9m, 1e-9m);
            Assert.Equal(coarse.Read("Flow"), fine.Read("Flow"));
        });

    [Fact]
    public void The_same_seed_gives_the_same_meter_and_another_a_different_one()
    {
        var (one, same, other) = (History(5), History(5), History(6));

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Reading_often_changes_nothing()
    {
        var rigs = new Rigs();
        var (asked, unasked) = (Damped(rigs, 1), Damped(rigs, 1));
        for (var i = 0; i < 100; i++)
        {
            asked.Advance(Rigs.Second);
            unasked.Advance(Rigs.Second);
            for (var n = 0; n < i; n++) asked.Read("Flow");
        }

        Assert.Equal(unasked.Read("Flow"), asked.Read("Flow"));
    }

    [Fact]
    public void Points_that_do_not_exist_are_refused()
    {
        var meter = new Rigs().FlowMeter();

        Assert.Throws<ArgumentException>(() => meter.Read("Nothing"));
        Assert.Throws<ArgumentException>(() => meter.Count("Total", "Nothing", 1, new()));
    }

    [Fact]
    public void Standing_meters_show_no_flow_and_keep_pressure_and_register()
    {
        var meter = new Rigs().FlowMeter();
        Rigs.Run(60, meter);

        meter.Stand();

        Assert.Equal(0, meter.Read("VolumeFlowRate"));
        Assert.Equal(0.7m, meter.Read("GaugePressure"));
        Assert.Equal(1030, meter.Read("AccumulatedVolume"));
    }

    [Fact]
    public void A_register_without_an_initial_value_is_a_used_one_half_a_count_on()
    {
        var meter = new Rigs().FlowMeter().Count("Other", "VolumeFlowRate", 1, new RegisterSpec { Resolution = 10 });

        Assert.Equal(5, meter.Registers["Other"].Total % 10);
    }

    [Fact]
    public void What_is_known_exactly_is_displayed_as_it_is() =>
        Assert.Equal(4, new Rigs().FlowMeter().Display("State", () => 4).Read("State"));

    private static FieldMeter Damped(Rigs rigs, int seed) => new FieldMeter("flow", "1", seed)
        .Measure(
            "Flow",
            new()
            {
                Class = "1.5",
                High = 100,
                CutOff = 0.5,
                ResponseSeconds = 3,
                NoiseShare = 0.01,
                DriftPerYear = 0.02,
                Resolution = 0.01m,
            },
            Tap.Level(() => rigs.FlowM3PerMin))
        .Count("Volume", "Flow", 1 / 60.0, new() { Resolution = 0.1m });

    private static List<decimal> History(int seed)
    {
        var rigs = new Rigs();
        var meter = Damped(rigs, seed);
        var history = new List<decimal>();
        for (var i = 0; i < 200; i++)
        {
            rigs.FlowM3PerMin = 20 + i % 17;
            meter.Advance(Rigs.Second);
            history.AddRange(meter.Read("Flow"), meter.Read("Volume"));
        }
        return history;
    }
}
