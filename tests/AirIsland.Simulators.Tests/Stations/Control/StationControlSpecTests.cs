using AirIsland.Simulators.Stations.Control;

namespace AirIsland.Simulators.Tests.Stations.Control;

public class StationControlSpecTests
{
    [Fact]
    public void Every_mistake_of_a_spec_is_said_at_once()
    {
        var spec = new StationControlSpec
        {
            Mode = (StationControlMode)9,
            FallbackMode = StationControlMode.Remote,
            WatchdogSeconds = 0,
            RedealSeconds = double.NaN,
            StartDelaySeconds = -1,
            StopDelaySeconds = 4000,
            IdleSeconds = -1,
            CascadeLoadMPa = 0.53,
            CascadeBandMPa = 0.4,
            CascadeStepMPa = 0.2,
            Sequence = ["v", "a", "a"],
        };

        var mistake = Assert.Throws<ArgumentException>(() => new StationController(spec, ControlRig.Three()));

        Assert.StartsWith(
            "station controller: FallbackMode is not Local, Cascade or Target; there is no mode 9; "
            + "WatchdogSeconds is not within 1 to 3600; RedealSeconds is not within 60 and 30 days; "
            + "StartDelaySeconds is not within 0 to 600; StopDelaySeconds is not within 0 to 3600; IdleSeconds is below 0; "
            + "CascadeBandMPa is not within 0.01 to 0.3; CascadeStepMPa is not within 0 to 0.1; "
            + "the cascade's last load point is not above MinimumMPa; "
            + "the cascade's first unload point is above the lowest maximum of the machines, 0.83; "
            + "Sequence does not name every machine once",
            mistake.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.54, 0.02, "the target's band is not above MinimumMPa, 0.52")]
    [InlineData(0.82, 0.02, "the target's band is not below the lowest maximum of the machines, 0.83")]
    [InlineData(0.65, 0.001, "VarianceMPa is not within 0.002 to 0.1")]
    public void A_target_must_leave_room_for_its_band(double target, double variance, string wrong)
    {
        var spec = new StationControlSpec { TargetMPa = target, VarianceMPa = variance };

        var mistake = Assert.Throws<ArgumentException>(() => new StationController(spec, ControlRig.Three()));
        Assert.Contains(wrong, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_is_the_first_order()
    {
        var rig = new ControlRig(new() { Sequence = ["b", "v", "a"] }, ControlRig.Three());
        rig.Step(10);

        Assert.Equal([2, 0, 1], rig.Controller.Order.ToArray());
    }
}
