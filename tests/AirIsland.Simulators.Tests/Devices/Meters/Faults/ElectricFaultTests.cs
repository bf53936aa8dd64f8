using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Tests.Devices.Meters.Faults;

/// <summary>Faults of the wiring of a meter of 90 kW at 230 V and 130 A.</summary>
public sealed class ElectricFaultTests
{
    private readonly Rigs _rigs = new();

    [Fact]
    public void A_wrong_transformer_ratio_takes_its_factor_of_current_power_and_energy()
    {
        var meter = _rigs.PowerMeter();
        meter.Set("f", new MeterFault.TransformerRatioWrong(0.5));
        Rigs.Run(3600, meter);

        Assert.Equal((45, 45, 230, 65), (meter.Read("Power"), meter.Read("Energy"), meter.Read("VoltageA"), meter.Read("CurrentA")));
        Assert.Equal(-0.5, meter.Truth.Points["Power"].Gain, 12);
        meter.Clear("f");
        Rigs.Run(3600, meter);
        Assert.Equal((90, 135), (meter.Read("Power"), meter.Read("Energy")));
    }

    [Fact]
    public void A_missing_phase_takes_a_third_of_the_energy()
    {
        var meter = _rigs.PowerMeter();
        meter.Set("f", new MeterFault.PhaseMissing(Phase.B));
        Rigs.Run(3600, meter);

        Assert.Equal((60, 60), (meter.Read("Power"), meter.Read("Energy")));
        Assert.Equal((230, 0, 230), (meter.Read("VoltageA"), meter.Read("VoltageB"), meter.Read("VoltageC")));
        Assert.Equal((130, 0, 130), (meter.Read("CurrentA"), meter.Read("CurrentB"), meter.Read("CurrentC")));
        meter.Clear("f");
        Rigs.Run(1, meter);
        Assert.Equal((90, 230, 130), (meter.Read("Power"), meter.Read("VoltageB"), meter.Read("CurrentB")));
    }
}
