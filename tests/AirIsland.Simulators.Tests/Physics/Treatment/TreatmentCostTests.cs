using AirIsland.Simulators.Physics.Treatment;

namespace AirIsland.Simulators.Tests.Physics.Treatment;

public sealed class TreatmentCostTests
{
    [Fact]
    public void A_step_of_every_device_allocates_nothing()
    {
        var station = new Station();
        for (var i = 0; i < 2000; i++) station.Step();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) station.Step();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Air_and_water_are_conserved_from_the_aftercooler_to_the_users()
    {
        var station = new Station();
        for (var i = 0; i < 7 * 86_400; i++) station.Step();

        Assert.InRange(Math.Abs(station.AirResidualKg) / station.AirInKg, 0, 1e-9);
        Assert.InRange(Math.Abs(station.WaterResidualKg) / station.WaterInKg, 0, 1e-9);
        Assert.InRange(station.UsersDewPointCelsius, -46, -35);
    }

    /// <summary>Aftercooler, receiver with drain, both dryers and a filter in a row: how an engine calls them.</summary>
    private sealed class Station
    {
        private const double Seconds = 1;
        private readonly Aftercooler _cooler = new(1);
        private readonly Receiver _tank = new(10, 801_325, 305);
        private readonly Drain _drain = new(DrainRating.Timed);
        private readonly RefrigeratedDryer _cold = new(RefrigeratedDryerRating.For(1));
        private readonly DesiccantDryer _desiccant = new(DesiccantDryerRating.HeatedPurge(1));
        private readonly Filter _filter = new(1);
        private readonly HeatRecovery _heat = new(2e5, 343.15, 303.15, 1500);
        private readonly CoolingWater _water = new(CoolingWaterRating.For(3e5), 301);
        private readonly double _airAtStart;
        private double _airOut;
        private double _waterOut;
        private int _step;

        public Station() => _airAtStart = _tank.AirKg;

        public double AirInKg { get; private set; }

        public double WaterInKg { get; private set; }

        public double UsersDewPointCelsius { get; private set; }

        public double AirResidualKg => _airAtStart + AirInKg - _airOut - _drain.LostAirKg - _desiccant.PurgedKg - _tank.AirKg;

        public double WaterResidualKg => WaterInKg - _waterOut - _tank.WaterKg - _drain.HeldKg - _drain.DrainedKg - _drain.CarriedOverKg
            - _cold.CondensedKg - _cooler.CondensedKg - _desiccant.StoredWaterKg - _desiccant.ExhaustedWaterKg;

        public void Step()
        {
            var flow = 0.7 + 0.2 * Math.Sin(_step++ * 1e-3);
            AirInKg += flow * Seconds;
            WaterInKg += flow * Seconds * 0.018;
            var cooled = _cooler.Step(Seconds, flow, 805_000, 355, 0.018, 303);
            _tank.Enter(flow * Seconds, cooled.OutletKelvin, cooled.OutletHumidityRatio);
            var ratio = _tank.HumidityRatio;
            _tank.Leave(flow * 0.999 * Seconds);
            var drained = _drain.Step(Seconds, _tank.Settle(Seconds, 300), _tank.Pa, _tank.Kelvin);
            _waterOut += _tank.Leave(drained.AirKg);
            var leaving = flow * 0.999;
            var cold = _cold.Step(Seconds, leaving, _tank.Pa, _tank.Kelvin, ratio, 303);
            var dry = _desiccant.Step(Seconds, cold.OutletKgPerSecond, _tank.Pa, cold.OutletKelvin, cold.OutletHumidityRatio);
            _filter.Step(Seconds, dry.OutletKgPerSecond);
            _airOut += dry.OutletKgPerSecond * Seconds;
            _waterOut += dry.OutletKgPerSecond * Seconds * dry.OutletHumidityRatio;
            UsersDewPointCelsius = dry.DewPointKelvin - 273.15;
            var rest = _heat.Step(Seconds, 2.5e5, 1e5, 303.15).RejectedWatts;
            _water.Step(Seconds, rest, 295);
        }
    }
}
