using AirIsland.Simulators.Physics.Treatment;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Treatment;

public sealed class WaterCircuitTests
{
    [Fact]
    public void Heat_is_recovered_or_rejected_and_the_water_carries_it() =>
        Gen.Select(Gen.Double[0, 5e5], Gen.Double[0, 5e5], Gen.Double[280, 345], Gen.Double[0.1, 60], Gen.Bool).Array[300].Sample(steps =>
        {
            var circuit = new HeatRecovery(2e5, 343.15, 303.15, 1500);
            var offered = 0.0;
            foreach (var (heat, demand, back, seconds, failed) in steps)
            {
                circuit.Failed = failed;
                var flow = circuit.Step(seconds, heat, demand, back);
                offered += heat * seconds;
                var carried = flow.WaterKgPerSecond * HeatRecovery.WaterJPerKgK * (flow.OutletKelvin - back);
                if (Math.Abs(carried - flow.RecoveredWatts) > 1e-6 * 2e5) return false;
                if (flow.RecoveredWatts > Math.Min(heat, Math.Min(demand, 2e5)) + 1e-6 || flow.OutletKelvin > 345.01) return false;
                if (flow.PumpWatts > 1500 + 1e-9 || (failed && flow.RecoveredWatts != 0)) return false;
            }
            return Math.Abs(offered - circuit.RecoveredJ - circuit.RejectedJ) <= 1e-9 * offered;
        }, iter: 50);

    [Fact]
    public void Water_leaves_at_the_set_temperature_and_a_failed_pump_leaves_all_heat_to_the_coolers()
    {
        var circuit = new HeatRecovery(2e5, 343.15, 303.15, 1500);

        var running = circuit.Step(1, 2.5e5, 1e6, 303.15);
        circuit.Failed = true;
        var failed = circuit.Step(1, 2.5e5, 1e6, 303.15);

        Assert.Equal(343.15, running.OutletKelvin, 1e-9);
        Assert.Equal(2e5, running.RecoveredWatts, 1e-6);
        Assert.Equal(1500, running.PumpWatts, 1e-6);
        Assert.Equal((0, 2.5e5, 0), (failed.RecoveredWatts, failed.RejectedWatts, failed.PumpWatts));
    }

    [Fact]
    public void Heat_into_the_cooling_water_is_rejected_or_stored() =>
        Gen.Select(Gen.Double[0, 1.2e6], Gen.Double[268, 304], Gen.Double[0.1, 60], Gen.Bool, Gen.Bool).Array[500].Sample(steps =>
        {
            var loop = new CoolingWater(CoolingWaterRating.For(1e6), 300);
            var stored = loop.StoredJ;
            foreach (var (heat, wetBulb, seconds, fan, pump) in steps)
            {
                (loop.FanFailed, loop.PumpFailed) = (fan, pump);
                var flow = loop.Step(seconds, heat, wetBulb);
                var carried = flow.WaterKgPerSecond * HeatRecovery.WaterJPerKgK * (flow.ReturnKelvin - flow.SupplyKelvin);
                if (Math.Abs(carried - flow.TakenWatts) > 1e-3) return false;
            }
            return Math.Abs(stored + loop.TakenJ - loop.RejectedJ - loop.StoredJ) <= 1e-9 * loop.TakenJ;
        }, iter: 50);

    [Fact]
    public void At_the_rated_point_the_tower_gives_32_and_37_degrees_at_full_fan()
    {
        var (_, flow) = Settle(1e6, 301.15);

        Assert.Equal(32, flow.SupplyKelvin - 273.15, 0.05);
        Assert.Equal(37, flow.ReturnKelvin - 273.15, 0.05);
        Assert.Equal(10_000, flow.FanWatts, 150.0);
        Assert.Equal(30_000, flow.PumpWatts, 1e-6);

        // 1 MW evaporates 0.33 kg/s, a third more is bled.
        Assert.InRange(flow.MakeUpKgPerSecond, 0.40, 0.47);
    }

    [Fact]
    public void In_winter_the_fan_saves_and_holds_the_set_temperature()
    {
        var (_, summer) = Settle(6e5, 301.15);
        var (_, winter) = Settle(6e5, 278.15);

        Assert.Equal(28, winter.SupplyKelvin - 273.15, 0.5);
        Assert.True(winter.FanWatts < 0.1 * summer.FanWatts);
        Assert.True(summer.SupplyKelvin > winter.SupplyKelvin);
    }

    [Fact]
    public void Without_its_fan_the_loop_grows_hot_and_recovers()
    {
        var (loop, before) = Settle(6e5, 295.15);

        loop.FanFailed = true;
        var hot = Run(loop, 6e5, 295.15);
        loop.FanFailed = false;
        var after = Run(loop, 6e5, 295.15);

        Assert.True(hot.SupplyKelvin > before.SupplyKelvin + 20);
        Assert.Equal(before.SupplyKelvin, after.SupplyKelvin, 0.01);
    }

    private static (CoolingWater Loop, CoolingWaterFlow Last) Settle(double heat, double wetBulb)
    {
        var loop = new CoolingWater(CoolingWaterRating.For(1e6), 300);
        return (loop, Run(loop, heat, wetBulb));
    }

    private static CoolingWaterFlow Run(CoolingWater loop, double heat, double wetBulb)
    {
        CoolingWaterFlow last = default;
        for (var i = 0; i < 6 * 3600; i++) last = loop.Step(1, heat, wetBulb);
        return last;
    }
}
