using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Errors;
using CsCheck;

namespace AirIsland.Simulators.Tests.Devices.Meters.Errors;

public sealed class FlowMeterDesignTests
{
    private const double NormalDensity = 101325 / (287.05 * 273.15);
    private const double Ambient = 101_325;

    private static readonly Gen<FlowPrinciple> Principles =
        Gen.OneOf(FlowPrinciple.ThermalMass, FlowPrinciple.Velocity, FlowPrinciple.DifferentialPressure);

    [Fact]
    public void A_compensated_meter_counts_the_mass_at_its_state_whatever_the_line() =>
        Gen.Select(Principles, Gen.Double[2e5, 1.3e6], Gen.Double[270, 330]).Sample((principle, linePa, lineK) =>
            Math.Abs(new FlowMeterDesign { Principle = principle, Reference = "Normal" }.Shown(NormalDensity, linePa, lineK) - 1) < 1e-12);

    [Fact]
    public void With_the_right_set_state_every_principle_is_right() =>
        Gen.Select(Principles, Gen.Double[2e5, 1.3e6], Gen.Double[270, 330]).Sample((principle, linePa, lineK) =>
        {
            var design = new FlowMeterDesign
            {
                Principle = principle,
                Compensation = FlowCompensation.FixedLine,
                SetPressurePa = linePa,
                SetTemperatureK = lineK,
                Reference = "Normal",
            };
            return Math.Abs(design.Shown(NormalDensity, linePa, lineK) - 1) < 1e-12;
        });

    [Theory]
    [InlineData(FlowPrinciple.ThermalMass, 1)]
    [InlineData(FlowPrinciple.Velocity, 8.0 / 6)]
    [InlineData(FlowPrinciple.DifferentialPressure, 1.1547005383792515)]
    public void A_wrong_set_pressure_is_off_as_the_principle_says(FlowPrinciple principle, double factor)
    {
        var design = new FlowMeterDesign
        {
            Principle = principle,
            Compensation = FlowCompensation.FixedLine,
            SetPressurePa = 800_000,
            SetTemperatureK = 300,
            Reference = "Normal",
        };

        Assert.Equal(factor, design.Shown(NormalDensity, 600_000, 300), 12);
    }

    [Fact]
    public void A_vortex_meter_without_compensation_counts_the_volume_in_the_line()
    {
        var design = new FlowMeterDesign { Principle = FlowPrinciple.Velocity, Compensation = FlowCompensation.None };

        Assert.Equal(101_325 / 801_325.0 * 293.15 / 273.15, design.Shown(NormalDensity, 801_325, 293.15), 12);
    }

    [Fact]
    public void The_reference_state_can_be_given_and_changed()
    {
        var design = new FlowMeterDesign { Reference = "FAD" };

        Assert.Equal(1.08744, design.Shown(NormalDensity, 8e5, 300), 5);
        Assert.Equal(1.07322, (design with { Reference = "Standard20" }).Shown(NormalDensity, 8e5, 300), 5);
        Assert.Equal(1.07322, new FlowMeterDesign().Shown(NormalDensity, 8e5, 300), 5);
        Assert.Throws<FormatException>(() => new FlowMeterDesign { Reference = "m3" });
    }

    [Fact]
    public void Taps_read_the_plant_in_the_units_of_the_meter()
    {
        var joules = 0.0;
        var power = Tap.MeanOf(() => joules, scale: 0.001);
        joules = 50_000;

        Assert.Equal(25, power(2), 12);
        Assert.Equal(0, power(2), 12);
        Assert.Equal(0.7, Tap.Pressure(() => 801_325, () => Ambient, PressureBasis.Gauge)(1), 12);
        Assert.Equal(0.801325, Tap.Pressure(() => 801_325, () => Ambient, PressureBasis.Absolute)(1), 12);
        var flow = Tap.Flow(new() { Reference = "Normal" }, Tap.Level(() => NormalDensity), () => 8e5, () => 300);
        Assert.Equal(60, flow(1), 9);
    }
}
