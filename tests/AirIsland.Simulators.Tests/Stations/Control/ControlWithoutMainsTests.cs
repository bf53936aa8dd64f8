using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations;
using AirIsland.Simulators.Stations.Control;

namespace AirIsland.Simulators.Tests.Stations.Control;

public class ControlWithoutMainsTests
{
    [Fact]
    public void Motors_that_stood_through_an_outage_may_start_and_whoever_was_silent_in_it_commands_no_more()
    {
        var station = new Station(TestStations.Park() with { Control = new() { Mode = StationControlMode.Remote, WatchdogSeconds = 600 } });
        var controller = station.Controller ?? throw new InvalidOperationException("it has none");
        for (var i = 0; i < controller.Machines; i++) controller.Set(i, new() { RemoteDuty = RemoteDuty.Share, RemoteShare = 1 });
        for (var step = 0; step < 60; step++) station.Step(1);
        Assert.Equal(3, controller.Status.Running);

        station.HasMains = false;
        for (var step = 0; step < 1200; step++) station.Step(1);
        Assert.All(station.Compressors.ToArray(), machine => Assert.Equal(CompressorState.Stopped, machine.State));
        station.HasMains = true;
        station.Step(1);

        // They started twenty minutes ago, and ten are enough.
        Assert.Equal(3, controller.Status.Available);
        Assert.Equal((0, 1L), (controller.Status.WatchdogLeftSeconds, controller.Status.Fallbacks));
    }
}
