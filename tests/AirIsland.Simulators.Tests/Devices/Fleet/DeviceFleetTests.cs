using System.Text.Json;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

public sealed class DeviceFleetTests
{
    [Fact]
    public void A_description_that_cannot_be_names_every_mistake()
    {
        var refused = Assert.Throws<ArgumentException>(() => Make(
            new() { Id = "a", Profile = "mam860", Topic = "x" },
            new() { Id = "b", Profile = "mqtt-flow" },
            new() { Id = "c", Profile = "mam860", Port = 70_000 }));

        foreach (var id in (string[])["a", "b", "c"]) Assert.Contains($"{id}: ", refused.Message);
    }

    [Theory]
    [InlineData("a", "b", "g", "g", 1, 1)]
    [InlineData("a", "a", "g", "h", 1, 2)]
    public void No_two_devices_are_the_same_or_at_the_same_place(
        string id, string other, string at, string otherAt, byte unit, byte otherUnit)
    {
        Assert.Throws<ArgumentException>(() => Make(
            new() { Id = id, Profile = "mam860", Gateway = at, Unit = unit },
            new() { Id = other, Profile = "mam860", Gateway = otherAt, Unit = otherUnit }));
    }

    [Fact]
    public void A_device_that_answers_by_another_profile_is_a_mistake()
    {
        var plant = Demo.At(9);

        Assert.Throws<ArgumentException>(() => new DeviceFleet(
            new() { Devices = [new() { Id = "lifode-flow", Profile = "mam860" }] }, plant.Devices, plant.Gate));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var first = await TestFleet.StartAsync(new() { Devices = [new() { Id = "first", Profile = "mam860" }] });

        var taken = await Assert.ThrowsAsync<IOException>(() => TestFleet.StartAsync(
            new() { Devices = [new() { Id = "second", Profile = "mam860", Port = first.PortOf("first") }] }));

        Assert.Contains($"second cannot listen on 127.0.0.1:{first.PortOf("first")}", taken.Message);
    }

    [Fact]
    public void The_demo_is_a_fleet_of_its_ten_devices()
    {
        var fleet = Demo.Fleet(Demo.At(9));

        Assert.Equal(10, fleet.Devices.Count);
        Assert.Equal(
            [10, 11, 12, 13],
            fleet.Devices.Where(device => device.Place.Port == 15030).Select(device => (int)device.Place.Unit));
    }

    [Fact]
    public async Task The_bench_lists_every_device_with_its_place_and_counts_as_JSON()
    {
        await using var fleet = await TestFleet.GatewayAsync();
        fleet["meter"].Disturbances.Turn(new Disturbance(DisturbanceKind.Duplicate));
        await TestFleet.VoltagesAsync(fleet.Client("meter"));

        using var json = JsonDocument.Parse(fleet.Bench.ListAsJson());

        var meter = json.RootElement[0];
        Assert.Equal("meter", meter.GetProperty("id").GetString());
        Assert.Equal("acrel-dtsd1352", meter.GetProperty("profile").GetString());
        Assert.Equal($"127.0.0.1:{fleet.PortOf("meter")}", meter.GetProperty("endpoint").GetString());
        Assert.Equal(1, meter.GetProperty("unit").GetInt32());
        Assert.Equal(3, meter.GetProperty("served").GetInt64());
        Assert.Equal(1, meter.GetProperty("disturbed").GetInt64());
        Assert.Equal(1, meter.GetProperty("disturbances").GetProperty("duplicate").GetInt64());
        Assert.False(meter.TryGetProperty("topic", out _));
        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.Equal(0, json.RootElement[1].GetProperty("served").GetInt64());
    }

    // A count behind the bytes is missed by who looks at once.
    [Fact]
    public async Task Who_holds_a_refusal_of_a_Modbus_device_finds_it_counted_as_failed()
    {
        await using var fleet = await TestFleet.GatewayAsync();
        var client = fleet.Client("meter");

        // What comes behind the refusal gives a count that is late all the time to be so.
        fleet["meter"].Disturbances.Set("refusal", new Disturbance(DisturbanceKind.Refusal));
        fleet["meter"].Disturbances.Set("again", new Disturbance(DisturbanceKind.Duplicate) { Delay = TimeSpan.FromSeconds(1) });

        await Assert.ThrowsAsync<ModbusException>(() => TestFleet.VoltagesAsync(client));

        Assert.Equal(1, fleet.Bench.Describe("meter").Failed);
    }

    private static DeviceFleet Make(params FleetDeviceOptions[] devices) =>
        DeviceFleet.Make(new() { Devices = devices }, _ => _ => 1, new());
}
