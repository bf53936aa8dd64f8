using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Tests.Devices;

public sealed class MeteredStationTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly MeteredStation _station = Demo.At(9);

    [Fact]
    public void The_same_seed_shows_the_same_on_every_display()
    {
        var (again, other) = (Demo.At(9), Demo.At(9, seed: 2));
        foreach (var station in new[] { _station, again, other }) Demo.Run(station, TimeSpan.FromSeconds(100));

        Assert.Equal(Displays(_station), Displays(again));
        Assert.NotEqual(Displays(_station), Displays(other));

        static List<(string, string, decimal)> Displays(MeteredStation station) =>
            [.. from device in station.Devices.Values from point in device.Points select (device.Id, point.Name, device.Shows(point.Name))];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void Every_reading_is_plausible_by_its_profile(int seconds)
    {
        Demo.Run(_station, TimeSpan.FromSeconds(seconds));

        foreach (var device in _station.Devices.Values)
            foreach (var point in device.Points)
                Assert.InRange(device.Shows(point.Name), point.Minimum ?? 0, point.Maximum ?? point.Modulus ?? 100);
    }

    [Fact]
    public void Registers_count_the_truth_times_the_gain_of_their_meters_to_their_last_count()
    {
        var (before, machineBefore, registers) = (_station.Station.Truth, _station.Station.Compressors[2].Totals, Shown());
        Demo.Run(_station, Hour);

        var truth = _station.Station.Truth.Since(before);
        Counted("lifode-flow/AccumulatedVolume", Demo.M3(truth.Branch("lifode").MeteredKg) * 1.002, 1);
        Counted("songyuan-flow/AccumulatedVolume", Demo.M3(truth.Branch("songyuan").MeteredKg) * 0.999, 0.1);
        Counted("station-power/electrical/Energy", truth.ElectricJ / 3.6e6 * 1.0005, 1);
        var machine = _station.Station.Compressors[2].Totals;
        Counted("compressor-3-power/electrical/Energy", (machine.ElectricJ - machineBefore.ElectricJ) / 3.6e6 * 1.0005, 0.4);
        Counted("compressor-3/RunningTime", (machine.RunningSeconds - machineBefore.RunningSeconds) / 3600, 1);
        Counted("compressor-3/LoadedTime", (machine.LoadedSeconds - machineBefore.LoadedSeconds) / 3600, 1);

        void Counted(string register, double amount, double count) =>
            Assert.Equal(amount, (double)(Shown()[register] - registers[register]), count);

        Dictionary<string, decimal> Shown() => _station.Registers.ToDictionary(r => r.Key, r => r.Value.Register);
    }

    [Fact]
    public void Station_energy_is_the_sum_of_its_submeters_and_the_dryer()
    {
        var (before, dryerBefore) = (Energies(), _station.Station.Treatment.ElectricJ);
        Demo.Run(_station, Hour);

        var used = Energies().Zip(before, (after, first) => (double)(after - first)).ToList();
        var dryer = (_station.Station.Treatment.ElectricJ - dryerBefore) / 3.6e6;
        Assert.InRange(dryer, 7, 12);
        Assert.Equal(dryer, used[0] - used[1] - used[2] - used[3], 2.5);

        List<decimal> Energies() =>
            [.. new[] { "station-power", "compressor-1-power", "compressor-2-power", "compressor-3-power" }
                .Select(id => _station.Devices[id].Shows("electrical/Energy"))];
    }

    [Fact]
    public void Power_current_voltage_and_power_factor_fit_together()
    {
        Demo.Run(_station, TimeSpan.FromMinutes(5));

        var meter = _station.Devices["compressor-3-power"];
        var apparent = new[] { "A", "B", "C" }
            .Sum(phase => (double)(meter.Shows($"electrical/Voltage{phase}") * meter.Shows($"electrical/Current{phase}"))) / 1000;
        var power = (double)meter.Shows("electrical/Power");
        Assert.Equal(power / (double)meter.Shows("electrical/PowerFactor"), apparent, 0.02 * apparent);
        Assert.Equal(_station.Station.Compressors[2].PowerW / 1e3, power, 0.01 * power);
    }

    [Fact]
    public void Below_its_cut_off_a_flow_meter_neither_shows_nor_counts()
    {
        var station = Demo.At(4, leakMm: 1.5);
        var leaked = station.Station.Truth.LeakedKg;
        var before = station.Devices["lifode-flow"].Shows("AccumulatedVolume");
        Demo.Run(station, TimeSpan.FromMinutes(30));

        Assert.True(Demo.M3(station.Station.Truth.LeakedKg - leaked) > 2);
        Assert.Equal(0, station.Devices["lifode-flow"].Shows("VolumeFlowRate"));
        Assert.Equal(before, station.Devices["lifode-flow"].Shows("AccumulatedVolume"));
    }

    [Fact]
    public void Flicker_is_in_the_reading_and_not_in_the_register()
    {
        var (calm, wild) = (Demo.At(9), Demo.At(9));
        wild.Meters.Set("songyuan-flow", "flicker", new MeterFault.NoiseBurst(0.01));
        var differing = 0;
        for (var i = 0; i < 1200; i++)
        {
            calm.Step(Demo.Step);
            wild.Step(Demo.Step);
            if (Math.Abs(Read(calm, "VolumeFlowRate") - Read(wild, "VolumeFlowRate")) > 0.1m) differing++;
            Assert.Equal(Read(calm, "AccumulatedVolume"), Read(wild, "AccumulatedVolume"));
        }
        Assert.True(differing > 1000);

        static decimal Read(MeteredStation station, string point) => station.Devices["songyuan-flow"].Shows(point);
    }

    [Fact]
    public void Standing_meters_read_no_flow_keep_their_registers_and_go_on_reading_pressures()
    {
        Demo.Run(_station, TimeSpan.FromMinutes(10));
        var (meter, before, truth) = (_station.Devices["lifode-flow"], Registers(), _station.Station.Truth);
        var pressures = new HashSet<decimal>();
        for (var i = 0; i < 100; i++)
        {
            _station.Stand(_station.Instant + Demo.Step);
            pressures.Add(meter.Shows("GaugePressure"));
        }

        Assert.Equal(before, Registers());
        Assert.Equal(0, meter.Shows("VolumeFlowRate"));
        Assert.Equal(0, meter.Shows("Velocity"));
        Assert.Equal(0, _station.Devices["station-power"].Shows("electrical/Power"));
        Assert.InRange(pressures.Min(), 0.55m, 0.8m);
        Assert.InRange(pressures.Count, 2, 10);
        Assert.Equal(Demo.Site(9, 10) + 100 * Demo.Step, _station.Instant);
        Assert.Equal((truth.ElectricJ, truth.MeteredKg), (_station.Station.Truth.ElectricJ, _station.Station.Truth.MeteredKg));

        List<(string, decimal)> Registers() => [.. _station.Registers.Select(r => (r.Key, r.Value.Total))];
    }

    [Fact]
    public void Long_steps_are_cut_so_that_controls_and_registers_stay_right()
    {
        var fine = Demo.At(9);
        Demo.Run(fine, Hour);
        for (var i = 0; i < 360; i++) _station.Step(TimeSpan.FromSeconds(10));

        Assert.Equal(fine.Instant, _station.Instant);
        Assert.Equal(fine.Station.Truth.ElectricJ, _station.Station.Truth.ElectricJ, 0.02 * fine.Station.Truth.ElectricJ);
    }

    [Fact]
    public void A_read_holds_the_points_that_it_covers_whole()
    {
        var meter = _station.Devices["station-power"];

        Assert.Equal(1, meter.PointsIn(RegisterTable.Holding, 0x000A, 2));
        Assert.Equal(0, meter.PointsIn(RegisterTable.Holding, 0x000B, 1));
        Assert.Equal(7, meter.PointsIn(RegisterTable.Holding, 0x0061, 0x17));
    }

    [Fact]
    public void Half_a_value_is_half_of_the_same_value()
    {
        var meter = _station.Devices["station-power"];
        var whole = new ushort[2];
        var half = new ushort[1];

        meter.Read(RegisterTable.Holding, 0x000A, whole);
        meter.Read(RegisterTable.Holding, 0x000B, half);

        Assert.Equal(whole[1], half[0]);
    }

    [Theory]
    [InlineData(RegisterTable.Holding, 0x0009, 2)]
    [InlineData(RegisterTable.Holding, 0x017F, 2)]
    [InlineData(RegisterTable.Input, 0x000A, 2)]
    public void What_lies_outside_the_map_is_refused(RegisterTable table, int address, int count)
    {
        var meter = _station.Devices["station-power"];

        var refusal = Assert.Throws<ModbusException>(() => meter.Read(table, (ushort)address, new ushort[count]));

        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, refusal.Code);
        Assert.Equal(0, meter.ServedSamples);
    }

    [Fact]
    public void Looking_at_a_display_is_not_serving()
    {
        var bench = new DeviceBench(Demo.Fleet(_station));

        Assert.True(bench.Register("lifode-flow", "AccumulatedVolume") >= 0);

        Assert.Equal(0, bench.ServedSamples);
        Assert.Throws<ArgumentException>(() => bench.Register("lifode-flow", "Colour"));
        Assert.Throws<ArgumentException>(() => bench.Register("nobody", "AccumulatedVolume"));
    }
}
