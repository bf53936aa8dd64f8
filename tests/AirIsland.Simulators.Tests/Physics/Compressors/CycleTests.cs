using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Tests.Physics.Compressors;

public sealed class CycleTests
{
    private const double Sump = 0.1;

    private static readonly CompressorSpec Spec = CompressorCatalogue.ScrewLoadUnload with { IdleSeconds = 120, SecondsBetweenStarts = 0 };

    [Fact]
    public void A_machine_starts_loads_unloads_idles_and_stops()
    {
        var machine = new Compressor(Spec);
        var seen = new List<CompressorState>();
        void Run(double seconds, double gaugeMPa)
        {
            for (var t = 0.0; t < seconds; t += 0.5)
            {
                TestBench.Hold(machine, 0.5, gaugeMPa, CompressorCommand.Auto, seconds: 0.5);
                if (seen.LastOrDefault() != machine.State) seen.Add(machine.State);
            }
        }

        Run(30, 0.6);
        Assert.InRange(machine.CapacityShare, 1, 1.02);
        Run(130, 0.76);

        Assert.Equal(
            [
                CompressorState.Starting, CompressorState.Loading, CompressorState.Loaded, CompressorState.Unloading,
                CompressorState.Unloaded, CompressorState.Stopping, CompressorState.Stopped,
            ],
            seen);
        Assert.Equal((0.0, 0.0), (machine.PowerW, machine.SpeedShare));
        Assert.Equal((1L, 1L), (machine.Totals.Starts, machine.Loads));
        Assert.True(machine.Totals.RunningSeconds > machine.Totals.LoadedSeconds + 100);
    }

    [Fact]
    public void The_sump_blows_down_and_the_unloaded_power_falls_with_it()
    {
        var machine = TestBench.Warm(Spec);
        var full = machine.PowerW;
        TestBench.Hold(machine, 3, 0.76, CompressorCommand.Auto, seconds: 0.1);
        Assert.InRange(machine.PowerW / full, 0.55, 0.75);

        var before = machine.SumpPa;
        TestBench.Hold(machine, 37, 0.76, CompressorCommand.Auto, seconds: 0.1);

        Assert.True(before > 0.6e6);
        Assert.Equal(1e5 + Sump * 1e6, machine.SumpPa, 0.03 * 0.6e6);
        Assert.Equal(0.25, machine.PowerW / full, 0.02);
        Assert.Equal(0, machine.FlowKgPerSecond);
    }

    [Fact]
    public void It_delivers_again_only_when_its_sump_is_full()
    {
        var machine = TestBench.Warm(Spec);
        TestBench.Hold(machine, 60, 0.76, CompressorCommand.Auto);
        var waited = 0.0;
        while (machine.FlowKgPerSecond == 0 && waited < 20)
        {
            TestBench.Hold(machine, 0.05, 0.64, CompressorCommand.Auto, seconds: 0.05);
            waited += 0.05;
        }

        Assert.InRange(waited, 2, 3.5);
        Assert.InRange(machine.SumpPa, 0.73e6, 0.76e6);
    }

    [Fact]
    public void A_motor_that_started_lately_idles_on()
    {
        var machine = new Compressor(Spec with { IdleSeconds = 60, SecondsBetweenStarts = 600 });
        TestBench.Hold(machine, 60, 0.6, CompressorCommand.Auto);
        TestBench.Hold(machine, 400, 0.76, CompressorCommand.Auto);
        Assert.Equal(CompressorState.Unloaded, machine.State);

        TestBench.Hold(machine, 200, 0.76, CompressorCommand.Auto);
        Assert.Equal(CompressorState.Stopped, machine.State);
    }

    [Fact]
    public void A_stopped_machine_restarts_after_its_sump_is_empty()
    {
        var machine = TestBench.Warm(Spec);
        TestBench.Hold(machine, 3, 0.7, CompressorCommand.Auto with { IsWithoutMains = true });
        Assert.Equal((0.0, 0.0), (machine.PowerW, machine.FlowKgPerSecond));
        TestBench.Hold(machine, 2, 0.6, CompressorCommand.Auto);
        Assert.Equal(CompressorState.Stopped, machine.State);

        TestBench.Hold(machine, 60, 0.6, CompressorCommand.Auto);
        Assert.Equal(CompressorState.Loaded, machine.State);
        Assert.Equal(CompressorTrip.None, machine.Trip);
    }

    [Fact]
    public void A_trip_holds_until_it_is_reset()
    {
        var machine = TestBench.Warm(Spec);
        TestBench.Hold(machine, 1, 0.7, CompressorCommand.Auto with { IsTripped = true });
        TestBench.Hold(machine, 300, 0.5, CompressorCommand.Auto);
        Assert.Equal((CompressorTrip.Command, CompressorState.Stopped, 0.0), (machine.Trip, machine.State, machine.PowerW));

        TestBench.Hold(machine, 1, 0.5, CompressorCommand.Auto with { ResetsTrip = true });
        TestBench.Hold(machine, 30, 0.5, CompressorCommand.Auto);
        Assert.Equal((CompressorTrip.None, CompressorState.Loaded), (machine.Trip, machine.State));
    }

    [Fact]
    public void A_station_controller_leads_by_share_or_by_set_points_but_not_above_the_maximum()
    {
        var fixedSpeed = TestBench.Warm(Spec);
        TestBench.Hold(fixedSpeed, 30, 0.70, CompressorCommand.Auto with { UnloadAboveMPa = 0.69, LoadBelowMPa = 0.6 });
        Assert.Equal(CompressorState.Unloaded, fixedSpeed.State);
        TestBench.Hold(fixedSpeed, 30, 0.70, TestBench.Full);
        Assert.Equal(CompressorState.Loaded, fixedSpeed.State);
        TestBench.Hold(fixedSpeed, 30, 0.84, TestBench.Full);
        Assert.Equal(CompressorState.Unloaded, fixedSpeed.State);
        TestBench.Hold(fixedSpeed, 30, 0.70, CompressorCommand.Off);
        Assert.Equal(CompressorState.Stopped, fixedSpeed.State);

        var variable = TestBench.Warm(CompressorCatalogue.ScrewVariableSpeed, share: 0.6);
        Assert.Equal(0.6, variable.CapacityShare, 0.001);
        var piston = TestBench.Warm(CompressorCatalogue.PistonMultiStep, share: 0.6);
        Assert.Equal(0.75, piston.CapacityShare, 0.001);
    }

    [Fact]
    public void A_turbo_never_crosses_its_surge_line_while_the_blow_off_works_and_trips_when_it_does_not()
    {
        foreach (var spec in new[] { CompressorCatalogue.TurboBlowOff, CompressorCatalogue.TurboUnloading })
        {
            var machine = TestBench.Warm(spec);
            var random = new Random(5);
            for (var i = 0; i < 5000; i++)
            {
                var command = CompressorCommand.Auto with { CapacityShare = i % 3 == 0 ? null : random.NextDouble() };
                TestBench.Hold(machine, 1, 0.5 + 0.5 * random.NextDouble(), command, new(100_000, 270 + 45 * random.NextDouble(), 0.5));
                Assert.False(machine.IsSurging);
            }
            Assert.Equal(CompressorTrip.None, machine.Trip);
        }

        var stuck = TestBench.Warm(CompressorCatalogue.TurboBlowOff);
        stuck.Condition = new() { IsBlowOffStuck = true };
        TestBench.Hold(stuck, 1, 0.7, CompressorCommand.Auto with { CapacityShare = 0.3 });
        Assert.True(stuck.IsSurging);
        TestBench.Hold(stuck, 10, 0.7, CompressorCommand.Auto with { CapacityShare = 0.3 });
        Assert.Equal(CompressorTrip.Surge, stuck.Trip);
    }
}
