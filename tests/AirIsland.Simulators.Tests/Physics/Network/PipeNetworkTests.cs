using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Network;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Network;

public class PipeNetworkTests
{
    private const double Atmosphere = 101_325;
    private const double Line = 303.15;

    private static readonly Gen<(int Nodes, int[] Parents, (int, int)[] Chords, double[] Flows)> Networks =
        from nodes in Gen.Int[2, 12]
        from parents in Gen.Int[0, 100].Array[nodes]
        from chords in Gen.Select(Gen.Int[0, nodes - 1], Gen.Int[0, nodes - 1]).Array[0, 3]
        from flows in Gen.Double[-0.02, 0.3].Array[nodes]
        select (nodes, parents, chords, flows);

    [Fact]
    public void Mass_is_neither_made_nor_lost_in_any_network_with_any_step() => Networks.Sample(
        n =>
        {
            var builder = new NetworkBuilder();
            var nodes = Enumerable.Range(0, n.Nodes).Select(i => builder.Node($"n{i}", 0.1 + i, 8e5, Line)).ToArray();
            for (var i = 1; i < n.Nodes; i++) builder.Pipe($"p{i}", nodes[n.Parents[i] % i], nodes[i], 50, 80);
            foreach (var (a, b) in n.Chords.Where(c => c.Item1 != c.Item2)) builder.Pipe("chord", nodes[a], nodes[b], 30, 50);
            var network = builder.Build();
            var leak = new Leak("leak", nodes[^1]) { DiameterMm = 4 };
            var (before, added) = (network.Kg, 0.0);

            for (var step = 0; step < 300; step++)
            {
                var seconds = step % 3 == 0 ? 0.5 : step % 3 == 1 ? 1 : 30;
                for (var i = 0; i < n.Nodes; i++)
                {
                    var flow = nodes[i].Pa > 3e5 && nodes[i].Pa < 2e6 ? n.Flows[i] / 30 : 0;
                    PipeNetwork.Inject(nodes[i], flow);
                    added += flow * seconds;
                }
                leak.Open(Atmosphere);
                network.Step(seconds);
                leak.Count(seconds);
            }

            Assert.Equal(0, (network.Kg - before - added + leak.Kg) / before, 1e-11);
            Assert.All(nodes, node => Assert.InRange(node.Pa, 1e4, 1e8));
        },
        iter: 200);

    [Theory]
    [InlineData(30, 500, 150, 0.032)]
    [InlineData(60, 1000, 200, 0.055)]
    [InlineData(100, 800, 250, 0.037)]
    public void A_long_pipe_costs_what_the_design_formula_says(double fadM3PerMin, double lengthM, double diameterMm, double bar)
    {
        var builder = new NetworkBuilder();
        var (from, to) = (builder.Node("from", 10, 8e5, Line), builder.Node("to", 10, 8e5, Line));
        var pipe = builder.Pipe("pipe", from, to, lengthM, diameterMm);
        var network = builder.Build();
        var flow = fadM3PerMin / 60 * DryAir.KgPerFadM3;

        for (var step = 0; step < 600; step++)
        {
            PipeNetwork.Inject(from, flow);
            PipeNetwork.Inject(to, -flow);
            network.Step(1);
        }

        Assert.Equal(flow, pipe.KgPerSecond, flow * 1e-6);
        Assert.Equal(bar, (from.Pa - to.Pa) / 1e5, 0.0006);
    }

    [Fact]
    public void Two_ways_share_a_flow_so_that_both_cost_the_same()
    {
        var builder = new NetworkBuilder();
        var (from, to) = (builder.Node("from", 5, 8e5, Line), builder.Node("to", 5, 8e5, Line));
        var (wide, narrow) = (builder.Pipe("wide", from, to, 100, 100), builder.Pipe("narrow", from, to, 100, 50));
        var network = builder.Build();

        for (var step = 0; step < 600; step++)
        {
            PipeNetwork.Inject(from, 0.4);
            PipeNetwork.Inject(to, -0.4);
            network.Step(1);
        }

        Assert.Equal(0.4, wide.KgPerSecond + narrow.KgPerSecond, 1e-6);
        // q^1.85/d⁵ is the same for both.
        Assert.Equal(Math.Pow(2, 5 / 1.85), wide.KgPerSecond / narrow.KgPerSecond, 0.01);
    }

    [Fact]
    public void A_shut_valve_and_a_check_valve_let_nothing_through_and_a_half_open_valve_costs_four_times_as_much()
    {
        var builder = new NetworkBuilder();
        var (from, to) = (builder.Node("from", 100, 7e5, Line), builder.Node("to", 100, 8e5, Line));
        var check = builder.Fitting("check", from, to, 1e4, 0.5, 8e5, isOneWay: true);
        var network = builder.Build();
        network.Step(60);
        Assert.Equal(0, check.KgPerSecond);

        PipeNetwork.Inject(from, 2);
        network.Step(600);
        for (var step = 0; step < 3000; step++) Hold(0.3);
        var open = from.Pa - to.Pa;
        check.Opening = 0.5;
        for (var step = 0; step < 3000; step++) Hold(0.3);
        Assert.Equal(4, (from.Pa - to.Pa) / open, 0.05);

        check.Opening = 0;
        Hold(0);
        Assert.Equal(0, check.KgPerSecond);

        void Hold(double flow)
        {
            PipeNetwork.Inject(from, flow);
            PipeNetwork.Inject(to, -flow);
            network.Step(1);
        }
    }

    [Fact]
    public void A_regulator_holds_the_pressure_behind_it_within_its_droop_and_opens_wide_when_it_cannot()
    {
        var builder = new NetworkBuilder();
        var (from, to) = (builder.Node("from", 50, 8e5, Line), builder.Node("to", 2, 5e5, Line));
        var regulator = builder.Fitting("regulator", from, to, 2e4, 0.3, 8e5, isOneWay: true, holdsPa: 6e5);
        var network = builder.Build();

        Hold(0.15, 8e5);
        Assert.InRange(to.Pa, 5.8e5, 6e5);
        Assert.Equal(0.15, regulator.KgPerSecond, 1e-3);

        Hold(0.15, 5.5e5);
        Assert.InRange(to.Pa, 5.2e5, 5.5e5);

        void Hold(double flow, double pa)
        {
            for (var step = 0; step < 900; step++)
            {
                PipeNetwork.Inject(from, (pa - from.Pa) / 1e5 * 0.5 + flow);
                PipeNetwork.Inject(to, -flow);
                network.Step(1);
            }
        }
    }

    [Fact]
    public void A_small_volume_takes_a_long_step_without_ringing()
    {
        var builder = new NetworkBuilder();
        var (tank, stub) = (builder.Node("tank", 20, 8e5, Line), builder.Node("stub", 0.01, 8e5, Line));
        builder.Pipe("pipe", tank, stub, 20, 50);
        var network = builder.Build();

        for (var step = 0; step < 50; step++)
        {
            PipeNetwork.Draw(stub, 0.05, 0);
            network.Step(5);
            Assert.InRange(stub.Pa, 1e5, tank.Pa);
        }
    }

    [Fact]
    public void The_same_steps_give_the_same_network_to_the_last_bit()
    {
        double[] Run()
        {
            var builder = new NetworkBuilder();
            var nodes = Enumerable.Range(0, 8).Select(i => builder.Node($"n{i}", 1 + i, 8e5, Line)).ToArray();
            for (var i = 1; i < 8; i++) builder.Pipe($"p{i}", nodes[(i - 1) / 2], nodes[i], 80, 60);
            var network = builder.Build();
            for (var step = 0; step < 1000; step++)
            {
                PipeNetwork.Inject(nodes[0], 0.2 + 0.1 * Math.Sin(step));
                PipeNetwork.Inject(nodes[7], -0.2);
                network.Step(1);
            }
            return [.. nodes.Select(n => n.Pa)];
        }

        Assert.Equal(Run(), Run());
    }
}
