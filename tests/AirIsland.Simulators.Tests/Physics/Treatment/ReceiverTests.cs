using AirIsland.Simulators.Physics.Treatment;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Treatment;

public sealed class ReceiverTests
{
    [Fact]
    public void Air_water_and_energy_are_neither_made_nor_lost() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[273, 340], Gen.Double[0, 0.02], Gen.Double[0, 1], Gen.Double[0.1, 10]).Array[1000]
        .Sample(steps =>
        {
            var tank = new Receiver(10, 801_325, 300, 0.005);
            double air = tank.AirKg, water = tank.WaterKg, energy = tank.EnergyJ;
            double airIn = 0, waterIn = 0, airOut = 0, waterOut = 0;
            foreach (var (flowIn, kelvin, ratio, flowOut, seconds) in steps)
            {
                tank.Enter(flowIn * seconds, kelvin, ratio);
                airIn += flowIn * seconds;
                waterIn += flowIn * seconds * ratio;
                var leaves = Math.Min(flowOut * seconds, 0.2 * tank.AirKg);
                waterOut += tank.Leave(leaves);
                airOut += leaves;
                waterOut += tank.Settle(seconds, 290);
            }
            return Math.Abs(air + airIn - airOut - tank.AirKg) <= 1e-9 * airIn
                && Math.Abs(water + waterIn - waterOut - tank.WaterKg) <= 1e-9 * waterIn
                && Math.Abs(energy + tank.EnteredJ - tank.LeftJ - tank.HeatToRoomJ - tank.EnergyJ) <= 1e-9 * tank.EnteredJ;
        }, iter: 50);

    [Fact]
    public void Its_energy_residual_is_small_after_a_month_of_seconds()
    {
        var tank = new Receiver(10, 801_325, 300);
        var energy = tank.EnergyJ;
        var air = tank.AirKg;
        double airIn = 0, airOut = 0;
        for (var i = 0; i < 30 * 86_400; i++)
        {
            var flow = 1 + 0.5 * Math.Sin(i * 1e-3);
            tank.Enter(flow, 313.15, 0.006);
            tank.Leave(flow * 0.999999);
            tank.Settle(1, 295);
            airIn += flow;
            airOut += flow * 0.999999;
        }

        Assert.InRange(Math.Abs(energy + tank.EnteredJ - tank.LeftJ - tank.HeatToRoomJ - tank.EnergyJ) / tank.EnteredJ, 0, 1e-9);
        Assert.InRange(Math.Abs(air + airIn - airOut - tank.AirKg) / airIn, 0, 1e-9);
    }

    [Fact]
    public void Pressure_is_that_of_the_ideal_gas()
    {
        var tank = new Receiver(10, 801_325, 300);

        tank.Enter(3, 320, 0);

        Assert.Equal(tank.AirKg * Simulators.Physics.DryAir.R * tank.Kelvin / 10, tank.Pa, 1e-6);
    }

    [Fact]
    public void Filling_and_emptying_follow_the_isentrope_without_a_wall()
    {
        var tank = new Receiver(10, 801_325, 300, wallSeconds: 1e12);
        for (var i = 0; i < 100_000; i++) tank.Leave(tank.AirKg * 5e-6);

        // Blown down without heat, what stays behind expands isentropically: T/T₀ = (m/m₀)^(k−1).
        Assert.Equal(300 * Math.Exp(-0.5 * 0.4), tank.Kelvin, 0.01);
    }

    [Fact]
    public void Its_temperature_relaxes_to_the_room_with_its_time_constant_whatever_the_step()
    {
        foreach (var seconds in new[] { 0.5, 1, 60, 300 })
        {
            var tank = new Receiver(10, 801_325, 340, wallSeconds: 300);
            for (var i = 0; i < 600 / seconds; i++) tank.Settle(seconds, 290);
            Assert.Equal(290 + 50 * Math.Exp(-2), tank.Kelvin, 1e-9);
        }
    }

    [Fact]
    public void Water_falls_out_when_warm_wet_air_cools()
    {
        var tank = new Receiver(10, 801_325, 320, Moisture.SaturationRatio(320, 801_325));

        for (var i = 0; i < 3600; i++) tank.Settle(1, 293.15);

        Assert.Equal(Moisture.SaturationRatio(tank.Kelvin, tank.Pa), tank.HumidityRatio, 1e-12);
        Assert.InRange(tank.CondensedKg, 0.3, 0.6);
    }

    [Fact]
    public void More_than_it_holds_cannot_leave() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Receiver(1, 801_325, 300).Leave(100));
}
