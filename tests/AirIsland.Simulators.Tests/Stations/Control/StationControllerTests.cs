using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations.Control;
using CsCheck;

namespace AirIsland.Simulators.Tests.Stations.Control;

/// <summary>What no mode can leave out, and that only one of them commands.</summary>
public class StationControllerTests
{
    private static readonly StationControlMode[] Modes = Enum.GetValues<StationControlMode>();

    [Fact]
    public void Every_step_is_commanded_by_one_mode_only_whatever_is_switched() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Double[0, 55], Gen.Int[5, 400]).List[40].Sample(
            phases =>
            {
                var rig = new ControlRig(new(), ControlRig.Three());
                foreach (var (mode, duty, demand, seconds) in phases)
                {
                    rig.Controller.Settings = rig.Controller.Settings with { Mode = Modes[mode] };
                    for (var i = 0; i < rig.Machines.Length; i++) rig.Controller.Set(i, Told((RemoteDuty)((duty + i) % 4)));
                    for (var step = 0; step < seconds; step++)
                    {
                        rig.Step(demand);
                        AssertOneMode(rig);
                    }
                }
            },
            iter: 20,
            threads: 1);

    [Fact]
    public void A_motor_is_not_started_too_often_however_wild_it_is_commanded() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Double[0, 60], Gen.Int[2, 200]).List[150].Sample(
            phases =>
            {
                var rig = new ControlRig(new() { WatchdogSeconds = 90 }, ControlRig.Three());
                var last = new double[rig.Machines.Length];
                Array.Fill(last, double.NegativeInfinity);
                var was = new long[last.Length];
                var now = 0;
                foreach (var (mode, duty, demand, seconds) in phases)
                {
                    rig.Controller.Settings = rig.Controller.Settings with { Mode = Modes[mode] };
                    rig.Controller.Beat(now);
                    for (var i = 0; i < last.Length; i++) rig.Controller.Set(i, Told((RemoteDuty)((duty + i) % 4)));
                    for (var step = 0; step < seconds; step++, now++)
                    {
                        rig.Step(demand);
                        for (var i = 0; i < last.Length; i++)
                        {
                            var starts = rig.Machines[i].Totals.Starts;
                            if (starts == was[i]) continue;
                            Assert.True(now - last[i] >= 600, $"{rig.Machines[i].Spec.Id} started {now - last[i]} s after its last start");
                            (was[i], last[i]) = (starts, now);
                        }
                    }
                }
            },
            iter: 20,
            threads: 1);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_watchdog_ends_remote_exactly_on_time_and_a_new_beat_brings_it_back(double seconds)
    {
        var rig = new ControlRig(new() { Mode = StationControlMode.Remote, WatchdogSeconds = 30 }, ControlRig.Three());
        for (var step = 0; step < 100; step++) rig.Step(20, seconds);
        rig.Controller.Beat(7);

        var steps = (int)Math.Round(30 / seconds);
        for (var step = 0; step < steps; step++)
        {
            rig.Step(20, seconds);
            Assert.Equal((StationControlMode.Remote, ControlReason.AsWanted), (rig.Status.Mode, rig.Status.Reason));
            if (step == steps / 2) rig.Controller.Beat(7);
        }
        var before = rig.Status.Fallbacks;
        rig.Step(20, seconds);
        Assert.Equal((StationControlMode.Cascade, ControlReason.WatchdogExpired), (rig.Status.Mode, rig.Status.Reason));
        Assert.Equal((before + 1, 0.0), (rig.Status.Fallbacks, rig.Status.WatchdogLeftSeconds));

        rig.Controller.Beat(8);
        rig.Step(20, seconds);
        Assert.Equal((StationControlMode.Remote, before + 1), (rig.Status.Mode, rig.Status.Fallbacks));
    }

    [Fact]
    public void Below_the_minimum_every_machine_may_load_by_its_own_bands_though_remote_switched_all_off()
    {
        var rig = new ControlRig(new() { Mode = StationControlMode.Remote, WatchdogSeconds = 3600 }, ControlRig.Three());
        var (lowest, alarmed) = (rig.GaugeMPa, false);
        for (var step = 0; step < 3000; step++)
        {
            rig.Step(15);
            lowest = Math.Min(lowest, rig.GaugeMPa);
            alarmed |= rig.Status is { Reason: ControlReason.BelowMinimum, Mode: StationControlMode.Local, Available: > 0 };
        }

        Assert.True(alarmed);
        Assert.True(rig.Status.MinimumAlarms > 0);
        Assert.InRange(lowest, 0.45, 0.52);
    }

    [Fact]
    public void Whatever_remote_wants_no_machine_loads_beyond_its_own_maximum()
    {
        var rig = new ControlRig(new() { Mode = StationControlMode.Remote, WatchdogSeconds = 3600 }, ControlRig.Three());
        for (var i = 0; i < 3; i++) rig.Controller.Set(i, new() { RemoteDuty = RemoteDuty.Share, RemoteShare = 1 });
        var highest = 0.0;
        for (var step = 0; step < 3000; step++)
        {
            rig.Step(1);
            highest = Math.Max(highest, rig.GaugeMPa);
        }

        Assert.InRange(highest, 0.80, rig.Machines[0].Spec.HighestMPa + 0.02);
    }

    [Fact]
    public void Remote_gives_each_machine_its_share_or_its_target()
    {
        var rig = new ControlRig(new() { Mode = StationControlMode.Remote, WatchdogSeconds = 3600 }, ControlRig.Three());
        rig.Controller.Set(0, new() { RemoteDuty = RemoteDuty.Target, RemoteTargetMPa = 0.60 });
        rig.Controller.Set(1, new() { RemoteDuty = RemoteDuty.Share, RemoteShare = 1 });
        rig.Run(1800, 33);

        Assert.Equal("v a", rig.Loaded());
        Assert.Equal(CompressorState.Stopped, rig.Machines[2].State);
        Assert.Equal(0.60, rig.GaugeMPa, 0.003);

        rig.Controller.Set(0, new() { RemoteDuty = RemoteDuty.Share, RemoteShare = 0.6 });
        rig.Run(60, 33);
        Assert.Equal(0.6, rig.Machines[0].CapacityShare, 0.02);
    }

    [Fact]
    public void What_a_fault_does_to_a_machine_the_controller_leaves()
    {
        var rig = new ControlRig(new(), ControlRig.Three());
        rig.Commands[0] = rig.Commands[0] with { IsWithoutMains = true };
        rig.Commands[1] = rig.Commands[1] with { IsTripped = true };
        rig.Commands[2] = rig.Commands[2] with { ResetsTrip = true };
        for (var i = 0; i < 3; i++) rig.Controller.Set(i, Told(RemoteDuty.OwnBands));
        foreach (var mode in Modes)
        {
            rig.Controller.Settings = rig.Controller.Settings with { Mode = mode };
            rig.Run(100, 10);
            Assert.True(rig.Commands[0].IsWithoutMains && rig.Commands[1].IsTripped && rig.Commands[2].ResetsTrip);
        }
        Assert.Equal(1, rig.Status.Available);
    }

    [Fact]
    public void Settings_that_cannot_be_taken_change_nothing()
    {
        var controller = new ControlRig(new(), ControlRig.Three()).Controller;
        var (settings, machine) = (controller.Settings, controller.SettingsOf(1));

        Assert.Throws<ArgumentException>(() => controller.Settings = settings with { TargetMPa = 0.52 });
        Assert.Throws<ArgumentException>(() => controller.Settings = settings with { TargetMPa = 0.83 });
        Assert.Throws<ArgumentException>(() => controller.Settings = settings with { VarianceMPa = double.NaN });
        Assert.Throws<ArgumentException>(() => controller.Settings = settings with { Mode = (StationControlMode)4 });
        Assert.Throws<ArgumentException>(() => controller.Set(1, machine with { Rank = 0 }));
        Assert.Throws<ArgumentException>(() => controller.Set(1, machine with { RemoteShare = 1.01 }));
        Assert.Throws<ArgumentException>(() => controller.Set(1, machine with { RemoteDuty = RemoteDuty.Target }));
        Assert.Throws<ArgumentException>(() => controller.Set(1, machine with { LoadBelowMPa = 0.76 }));

        Assert.Equal(settings, controller.Settings);
        Assert.Equal(machine, controller.SettingsOf(1));
    }

    private static MachineSettings Told(RemoteDuty duty) => new() { RemoteDuty = duty, RemoteShare = 0.7, RemoteTargetMPa = 0.62 };

    private static void AssertOneMode(ControlRig rig)
    {
        var rung = rig.Controller.Spec.CascadeLoadMPa;
        foreach (var i in rig.Controller.Order)
        {
            var command = rig.Commands[i];
            var isBanded = command.LoadBelowMPa is not null || command.UnloadAboveMPa is not null || command.TargetMPa is not null;
            switch (rig.Status.Mode)
            {
                case StationControlMode.Target:
                    Assert.True(command.CapacityShare is not null && !isBanded);
                    break;
                case StationControlMode.Local:
                    Assert.True(command.CapacityShare is null && !isBanded && command.IsEnabled == rig.Controller.IsAvailable(i));
                    break;
                case StationControlMode.Cascade when command.IsEnabled:
                    Assert.Equal((rung, null), (command.LoadBelowMPa, command.CapacityShare));
                    rung -= rig.Controller.Spec.CascadeStepMPa;
                    break;
                case StationControlMode.Remote when command.IsEnabled:
                    var duty = rig.Controller.SettingsOf(i).RemoteDuty;
                    Assert.Equal(duty switch { RemoteDuty.Share => 0.7, RemoteDuty.Off => 0, _ => null }, command.CapacityShare);
                    Assert.Equal(duty == RemoteDuty.Target ? 0.62 : null, command.TargetMPa);
                    break;
            }
        }
    }
}
