using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Tests.Physics;

namespace AirIsland.Simulators.Tests.Devices;

public sealed class MeteredPlantTests
{
    private readonly MeteredPlant _plant = new(new() { Start = Plants.Site(9) });

    [Fact]
    public void The_same_seed_shows_the_same_on_every_display()
    {
        var again = new MeteredPlant(new() { Start = Plants.Site(9) });
        var other = new MeteredPlant(new() { Start = Plants.Site(9), Seed = 2 });
        foreach (var plant in new[] { _plant, again, other })
            for (var i = 0; i < 200; i++) plant.Step(PlantRunner.Step);

        Assert.Equal(Displays(_plant), Displays(again));
        Assert.NotEqual(Displays(_plant), Displays(other));

        static List<(string, string, decimal)> Displays(MeteredPlant plant) =>
            [.. from device in plant.Devices.Values from point in device.Points select (device.Id, point.Name, device.Shows(point.Name))];
    }

    [Fact]
    public void Every_reading_is_plausible_by_its_profile()
    {
        for (var i = 0; i < 2000; i++) _plant.Step(PlantRunner.Step);

        foreach (var device in _plant.Devices.Values)
            foreach (var point in device.Points)
                Assert.InRange(device.Shows(point.Name), point.Minimum ?? 0, point.Maximum ?? point.Modulus ?? 100);
    }

    [Fact]
    public void Station_energy_is_the_sum_of_its_submeters_and_the_dryer()
    {
        var before = Energies();
        for (var i = 0; i < 7200; i++) _plant.Step(PlantRunner.Step);

        var used = Energies().Zip(before, (after, first) => (double)(after - first)).ToList();
        Assert.InRange(used[0] - used[1] - used[2] - used[3], 1.5 - 2.5, 3 + 2.5);

        List<decimal> Energies() =>
            [.. new[] { "station-power", "compressor-1-power", "compressor-2-power", "compressor-3-power" }
                .Select(id => _plant.Devices[id].Shows("electrical/Energy"))];
    }

    [Fact]
    public void A_read_holds_the_points_that_it_covers_whole()
    {
        var meter = _plant.Devices["station-power"];

        Assert.Equal(1, meter.PointsIn(RegisterTable.Holding, 0x000A, 2));
        Assert.Equal(0, meter.PointsIn(RegisterTable.Holding, 0x000B, 1));
        Assert.Equal(7, meter.PointsIn(RegisterTable.Holding, 0x0061, 0x17));
    }

    [Fact]
    public void Half_a_value_is_half_of_the_same_value()
    {
        var meter = _plant.Devices["station-power"];
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
        var meter = _plant.Devices["station-power"];

        var refusal = Assert.Throws<ModbusException>(() => meter.Read(table, (ushort)address, new ushort[count]));

        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, refusal.Code);
        Assert.Equal(0, meter.ServedSamples);
    }

    [Fact]
    public void Looking_at_a_display_is_not_serving()
    {
        var bench = new DeviceBench(DemoFleet.Of(_plant, new()));

        Assert.True(bench.Register("lifode-flow", "AccumulatedVolume") >= 0);

        Assert.Equal(0, bench.ServedSamples);
        Assert.Throws<ArgumentException>(() => bench.Register("lifode-flow", "Colour"));
        Assert.Throws<ArgumentException>(() => bench.Register("nobody", "AccumulatedVolume"));
    }
}
