using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations.Control;
using CsCheck;

namespace AirIsland.Simulators.Tests.Stations.Control;

/// <summary>Base and trim, and whose turn it is.</summary>
public class TargetModeTests
{
    /// <summary>Demands that wander by up to this much every five minutes, m³/min: a quarter of the station's 64.</summary>
    private const double WidestStep = 16;

    [Fact]
    public void The_pressure_stays_near_the_target_while_the_machines_suffice() =>
        Gen.Select(Gen.Double[-WidestStep, WidestStep].List[36], Gen.Double[5, 55], Gen.Int[0, 5]).Sample(
            (steps, first, order) =>
            {
                var rig = new ControlRig(new(), ControlRig.Three());
                Deal(rig, order);
                var demand = first;
                rig.Run(900, demand);
                foreach (var step in steps)
                {
                    demand = Math.Clamp(demand + step, 0, 58);
                    for (var second = 0; second < 300; second++)
                    {
                        rig.Step(demand);
                        // Stated: the band, and what a step of that size takes from 40 m³ until one more machine delivers.
                        Assert.InRange(rig.GaugeMPa, 0.64 - 0.03, 0.66 + 0.02);
                    }
                }
                Assert.Equal(0, rig.Status.MinimumAlarms);
            },
            iter: 40,
            threads: 1);

    [Theory]
    [InlineData(StationControlMode.Local)]
    [InlineData(StationControlMode.Cascade)]
    public void The_other_modes_stay_within_their_ladder_of_bands(StationControlMode mode) =>
        Gen.Double[-WidestStep, WidestStep].List[36].Sample(
            steps =>
            {
                var rig = new ControlRig(new() { Mode = mode }, ControlRig.Three());
                var demand = 30.0;
                rig.Run(900, demand);
                foreach (var step in steps)
                {
                    demand = Math.Clamp(demand + step, 0, 58);
                    for (var second = 0; second < 300; second++)
                    {
                        rig.Step(demand);
                        Assert.InRange(rig.GaugeMPa, 0.61, 0.77);
                    }
                }
            },
            iter: 20,
            threads: 1);

    [Fact]
    public void At_the_very_same_demand_one_target_takes_less_energy_than_an_untuned_cascade()
    {
        var (cascade, cascadeBand) = Work(StationControlMode.Cascade);
        var (target, targetBand) = Work(StationControlMode.Target);

        Assert.InRange(target / cascade, 0.85, 0.97);
        Assert.True(targetBand < 0.6 * cascadeBand, $"{targetBand} against {cascadeBand}");

        static (double Joules, double Band) Work(StationControlMode mode)
        {
            var rig = new ControlRig(new() { Mode = mode }, ControlRig.Three());
            rig.Run(1800, 30);
            var (before, lowest, highest) = (rig.ElectricJ, 1.0, 0.0);
            for (var second = 0; second < 8 * 3600; second++)
            {
                // A wave of two hours and a machine of 6 m³/min that comes and goes every four minutes.
                rig.Step(30 + 18 * Math.Sin(second * Math.Tau / 7200) + (second / 240 % 2 == 0 ? 6 : 0));
                (lowest, highest) = (Math.Min(lowest, rig.GaugeMPa), Math.Max(highest, rig.GaugeMPa));
            }
            return (rig.ElectricJ - before, highest - lowest);
        }
    }

    [Fact]
    public void Who_delivers_at_a_steady_demand_is_the_trim_and_the_first_of_the_order() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Gen.Double[15, 120]).Sample(
            (order, bases, receiverM3) =>
            {
                var rig = new ControlRig(new(), [.. ControlRig.Three(), ControlRig.Fixed("c")], receiverM3);
                Deal(rig, order);
                rig.Run(1800, 14 + 20 * bases);

                var inOrder = new List<string>();
                foreach (var i in rig.Controller.Order)
                    if (i > 0) inOrder.Add(rig.Machines[i].Spec.Id);
                Assert.Equal(string.Join(' ', inOrder.Take(bases).Order().Prepend("v")), rig.Loaded());
                Assert.Equal(0.65, rig.GaugeMPa, 1e-3);
            },
            iter: 30,
            threads: 1);

    [Fact]
    public void A_tripped_base_machine_is_replaced_by_the_next_and_comes_back_when_reset()
    {
        var rig = new ControlRig(new(), ControlRig.Three());
        rig.Run(1800, 34);
        Assert.Equal("v a", rig.Loaded());

        rig.Commands[1] = rig.Commands[1] with { IsTripped = true };
        var lowest = Lowest(rig, 120, 34);
        Assert.Equal("v b", rig.Loaded());
        Assert.InRange(lowest, 0.60, 0.65);

        rig.Commands[1] = rig.Commands[1] with { IsTripped = false, ResetsTrip = true };
        rig.Run(900, 34);
        Assert.Equal("v a", rig.Loaded());
    }

    [Fact]
    public void A_tripped_trim_leaves_the_work_to_fixed_machines_or_to_another_trim()
    {
        var rig = new ControlRig(new(), ControlRig.Three());
        rig.Run(1800, 30);
        rig.Commands[0] = rig.Commands[0] with { IsTripped = true };
        Assert.InRange(Lowest(rig, 1800, 30), 0.58, 0.65);
        Assert.True(rig.IsLoaded("a"));

        var two = new ControlRig(new(), [.. ControlRig.Three("a"), ControlRig.Three()[0] with { Id = "w" }]);
        two.Run(1800, 30);
        Assert.Equal("v a", two.Loaded());
        two.Commands[0] = two.Commands[0] with { IsTripped = true };
        two.Run(300, 30);
        Assert.Equal("a w", two.Loaded());
        Assert.Equal(0.65, two.GaugeMPa, 2e-3);
    }

    [Fact]
    public void A_machine_out_of_service_is_passed_over_in_every_mode()
    {
        foreach (var mode in Enum.GetValues<StationControlMode>())
        {
            var rig = new ControlRig(new() { Mode = mode, WatchdogSeconds = 3600 }, ControlRig.Three());
            for (var i = 0; i < 3; i++)
                rig.Controller.Set(i, new() { IsInService = i != 1, RemoteDuty = RemoteDuty.OwnBands });
            rig.Run(1800, 30);

            Assert.Equal(CompressorState.Stopped, rig.Machines[1].State);
            Assert.Equal(2, rig.Status.Available);
            Assert.InRange(rig.GaugeMPa, 0.6, 0.76);
        }
    }

    [Fact]
    public void A_standing_machine_is_called_only_when_the_trim_is_at_its_top_and_the_delay_is_over()
    {
        var rig = new ControlRig(new() { StartDelaySeconds = 20 }, ControlRig.Three());
        rig.Run(1800, 14);
        Assert.Equal((1, "v"), (rig.Status.OnDuty, rig.Loaded()));

        var low = 0;
        for (var step = 0; step < 600 && rig.Status.OnDuty == 1; step++)
        {
            var isLow = rig.GaugeMPa < 0.64 && rig.Status.TrimShare > 0.998;
            rig.Step(30);
            if (rig.Status.OnDuty == 1) low = isLow ? low + 1 : 0;
        }

        Assert.Equal(2, rig.Status.OnDuty);
        Assert.InRange(low, 17, 20);
    }

    [Fact]
    public void Least_hours_first_evens_the_hours_and_a_change_of_guard_is_not_felt()
    {
        var rig = new ControlRig(
            new() { Order = MachineOrder.LeastHours, RedealSeconds = 3600 }, [.. ControlRig.Three(), ControlRig.Fixed("c")]);
        rig.Run(900, 34);
        var (lowest, highest) = (Lowest(rig, 0, 34), 0.0);
        for (var step = 0; step < 48 * 3600; step++)
        {
            rig.Step(34);
            (lowest, highest) = (Math.Min(lowest, rig.GaugeMPa), Math.Max(highest, rig.GaugeMPa));
        }

        var hours = rig.Machines.ToArray().Skip(1).Select(m => m.Totals.RunningSeconds / 3600).ToArray();
        Assert.InRange(hours.Max() - hours.Min(), 0, 1.3);
        Assert.InRange(lowest, 0.635, 0.65);
        Assert.InRange(highest, 0.65, 0.665);
    }

    [Fact]
    public void A_demand_in_the_control_gap_does_not_make_machines_start_again_and_again()
    {
        // A trim of 24 down to 4.5 m³/min cannot take over from a base of 22: between 24 and 26.5 neither one nor both hold it.
        var rig = new ControlRig(new(), [ControlRig.Three()[0], ControlRig.Fixed("a") with { RatedFlowM3PerMin = 22 }]);
        rig.Run(4 * 3600, 25.5);

        Assert.InRange(rig.Machines[1].Totals.Starts, 1, 4 * 6);
        Assert.InRange(Lowest(rig, 3600, 25.5), 0.62, 0.65);
    }

    /// <summary>One of the six orders of three.</summary>
    private static void Deal(ControlRig rig, int order)
    {
        int[][] orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]];
        for (var i = 0; i < 3; i++)
        {
            var machine = rig.Machines.Length - 3 + i;
            rig.Controller.Set(machine, rig.Controller.SettingsOf(machine) with { Rank = orders[order][i] });
        }
    }

    private static double Lowest(ControlRig rig, int seconds, double demand)
    {
        var lowest = rig.GaugeMPa;
        for (var step = 0; step < seconds; step++)
        {
            rig.Step(demand);
            lowest = Math.Min(lowest, rig.GaugeMPa);
        }
        return lowest;
    }
}
