using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Network;

namespace AirIsland.Simulators.Tests.Physics.Network;

public class LeakTests
{
    private const double Atmosphere = 101_325;
    private const double Kelvin = 293.15;

    [Theory]
    [InlineData(0.5, 0.7, 0.019)]
    [InlineData(1, 0.4, 0.047)]
    [InlineData(2, 0.5, 0.225)]
    [InlineData(3, 0.6, 0.590)]
    [InlineData(5, 0.7, 1.872)]
    [InlineData(6, 0.8, 3.033)]
    [InlineData(10, 0.7, 7.488)]
    public void A_choked_hole_loses_what_the_table_says(double diameterMm, double gaugeMPa, double m3PerMinWithoutCoefficient)
    {
        var kg = Leak.FlowKgPerSecond(diameterMm, gaugeMPa * 1e6 + Atmosphere, Atmosphere, Kelvin);

        Assert.Equal(m3PerMinWithoutCoefficient, kg / Leak.SharpEdge / DryAir.KgPerFadM3 * 60, m3PerMinWithoutCoefficient * 0.003 + 0.0005);
    }

    [Fact]
    public void Below_the_critical_pressure_it_loses_less_than_choked_and_nothing_when_the_pressures_meet()
    {
        var last = 0.0;
        for (var pa = Atmosphere; pa < 3 * Atmosphere; pa += 1000)
        {
            var kg = Leak.FlowKgPerSecond(5, pa, Atmosphere, Kelvin);
            Assert.True(pa == Atmosphere ? kg == 0 : kg > last, $"{pa} Pa");
            last = kg;
        }
        Assert.Equal(0, Leak.FlowKgPerSecond(5, Atmosphere / 2, Atmosphere, Kelvin));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 10)]
    [InlineData(10, 40)]
    public void A_bleed_down_of_a_known_hole_gives_its_size_within_a_percent(double diameterMm, double volumeM3)
    {
        var builder = new NetworkBuilder();
        var node = builder.Node("receiver", volumeM3, 0.8e6, Kelvin);
        var other = builder.Node("header", volumeM3 / 20, 0.8e6, Kelvin);
        builder.Pipe("pipe", node, other, 20, 100);
        var network = builder.Build();
        var leak = new Leak("leak", other) { DiameterMm = diameterMm };
        var truth = Leak.FlowKgPerSecond(diameterMm, node.Pa, Atmosphere, Kelvin);
        var (first, seconds) = (node.Pa, 0.0);

        while (node.Pa > 0.5e6)
        {
            leak.Open(Atmosphere);
            network.Step(1);
            leak.Count(1);
            seconds++;
        }

        // q(p₁) = V·p₁·ln(p₁/p₂)/(t·R·T): exact for choked holes.
        var found = volumeM3 * 1.05 * first * Math.Log(first / node.Pa) / (seconds * DryAir.R * Kelvin);
        Assert.Equal(1, found / truth, 0.01);
    }
}
