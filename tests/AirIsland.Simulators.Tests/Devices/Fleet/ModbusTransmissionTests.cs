using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Fleet.Sources;
using AirIsland.Simulators.Devices.Meters.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

/// <summary>What the faults of a meter do to its Modbus device, over real sockets.</summary>
public sealed class ModbusTransmissionTests
{
    private static readonly FleetDeviceOptions Meter = new()
    {
        Id = "meter",
        Profile = "suto-s401",
        Gateway = "g",
        Points = new Dictionary<string, PointOptions>
        {
            ["VolumeFlowRate"] = new() { Value = 60 },
            ["AccumulatedVolume"] = new() { Value = 100, Counts = "VolumeFlowRate", PerSecond = 1 / 60.0 },
        },
    };

    private static readonly FleetDeviceOptions Neighbour = Meter with { Id = "neighbour", Unit = 2 };

    [Fact]
    public async Task A_silent_meter_does_not_answer_until_it_is_repaired_and_its_neighbour_goes_on()
    {
        var (_, made) = TestFleet.Sourced(Meter, Neighbour);
        await using var fleet = await TestFleet.ServeAsync(made);
        var client = fleet.Client("meter");
        Set(fleet, new MeterFault.Silent());

        await Assert.ThrowsAsync<TimeoutException>(() => VolumeAsync(fleet.Client("meter", timeoutSeconds: 0.5)));
        Assert.Equal(100, await VolumeAsync(client, unit: 2));
        Assert.True(Clear(fleet));
        Assert.Equal(100, await VolumeAsync(client));

        var meter = fleet.Bench.Describe("meter");
        Assert.Equal((2, 1, 1, 1, 0), (meter.Asked, meter.Answered, meter.Failed, meter.Served, meter.Disturbed));
    }

    [Fact]
    public async Task A_state_that_reads_zero_is_a_code_of_no_state_where_zero_is_none()
    {
        var (_, made) = TestFleet.Sourced(Meter with { Profile = "mam6080", Points = new Dictionary<string, PointOptions>() });
        await using var fleet = await TestFleet.ServeAsync(made);
        var client = fleet.Client("meter");
        Assert.Equal([1], await client.ReadAsync(RegisterTable.Holding, 1, 26, 1, default));

        Set(fleet, new MeterFault.ReadsZero());

        Assert.Equal([0], await client.ReadAsync(RegisterTable.Holding, 1, 26, 1, default));
        Assert.Equal(0, fleet.Bench.Register("meter", "OperatingState"));
    }

    [Fact]
    public async Task A_late_meter_answers_later_by_the_plants_time_with_the_registers_of_the_request()
    {
        var time = new FakeTimeProvider();
        var (plant, made) = TestFleet.Sourced(Meter);
        await using var fleet = await TestFleet.ServeAsync(made, time);
        plant.Follow(time.GetUtcNow());
        Set(fleet, new MeterFault.Late(30));
        var client = fleet.Client("meter", timeoutSeconds: 20);
        var start = time.GetUtcNow();

        var read = VolumeAsync(client);
        await Eventually.IsTrueAsync(() => fleet["meter"].Device.Traffic.Asked == 1, "the request arrived");
        plant.Follow(start.AddSeconds(10));
        await Eventually.IsTrueAsync(
            () =>
            {
                if (!read.IsCompleted) time.Advance(TimeSpan.FromSeconds(1));
                return read.IsCompleted;
            },
            "the answer came");

        Assert.Equal(100, await read);
        Assert.True(time.GetUtcNow() - start >= TimeSpan.FromSeconds(30));
        Assert.True(Clear(fleet));
        Assert.Equal(110, await VolumeAsync(client));
        Assert.Equal(2, fleet.Bench.Describe("meter").Answered);
    }

    [Fact]
    public async Task Who_loses_patience_with_a_late_meter_is_not_served()
    {
        var (_, made) = TestFleet.Sourced(Meter);
        await using var fleet = await TestFleet.ServeAsync(made);
        Set(fleet, new MeterFault.Late(2));

        await Assert.ThrowsAsync<TimeoutException>(() => VolumeAsync(fleet.Client("meter", timeoutSeconds: 0.1)));

        await Eventually.IsTrueAsync(() => fleet["meter"].Device.Traffic.Failed == 1, "the errand is over");
        Assert.Equal(0, fleet.Bench.ServedBy("meter"));
    }

    [Fact]
    public async Task A_wrong_clock_and_repeated_messages_do_not_concern_Modbus()
    {
        var (_, made) = TestFleet.Sourced(Meter);
        await using var fleet = await TestFleet.ServeAsync(made);
        Set(fleet, new MeterFault.Duplicating(5));
        lock (fleet.Fleet.Gate) fleet["meter"].Meter?.Set("clock", new MeterFault.ClockWrong(3600));
        var client = fleet.Client("meter");

        for (var i = 0; i < 3; i++) Assert.Equal(100, await VolumeAsync(client));

        Assert.Equal(0, client.StrayFrames);
        Assert.Equal(3, fleet.Bench.ServedBy("meter"));
    }

    [Fact]
    public async Task Whatever_happens_to_a_request_it_is_answered_or_has_failed()
    {
        var (_, made) = TestFleet.Sourced(Meter);
        await using var fleet = await TestFleet.ServeAsync(made);
        DisturbanceKind[] kinds =
        [
            DisturbanceKind.Refusal, DisturbanceKind.HalfFrame, DisturbanceKind.Silence, DisturbanceKind.Reset, DisturbanceKind.Duplicate,
            DisturbanceKind.WrongUnit, DisturbanceKind.WrongTransaction, DisturbanceKind.Trickle,
        ];
        fleet["meter"].Disturbances.Turn([.. kinds.Select(kind => new Disturbance(kind) { Probability = 0.2 })]);
        var client = fleet.Client("meter", timeoutSeconds: 0.05);
        var right = 0;

        for (var i = 0; i < 100; i++)
            if (await Record.ExceptionAsync(() => VolumeAsync(client)) is null)
                right++;

        var traffic = fleet["meter"].Device.Traffic;
        await Eventually.IsTrueAsync(() => traffic.Answered + traffic.Failed == traffic.Asked, "every errand is over");
        // A connection that takes too long is given up before anything was asked.
        Assert.InRange(traffic.Asked, traffic.Answered + 1, 100);
        Assert.InRange(traffic.Answered, Math.Max(1, right), 99);
        Assert.Equal(traffic.Answered, fleet.Bench.ServedBy("meter"));
        Assert.InRange(traffic.Failed, 1, fleet["meter"].Disturbances.Disturbed);
    }

    private static async Task<int> VolumeAsync(Fieldbus.Modbus.ModbusClient client, byte unit = 1)
    {
        // The register stands at 8, the low word first.
        var registers = await client.ReadAsync(RegisterTable.Holding, unit, 8, 2, default);
        return registers[0] + 65536 * registers[1];
    }

    private static void Set(TestFleet fleet, MeterFault fault)
    {
        lock (fleet.Fleet.Gate) fleet["meter"].Meter?.Set("fault", fault);
    }

    private static bool Clear(TestFleet fleet)
    {
        lock (fleet.Fleet.Gate) return fleet["meter"].Meter?.Clear("fault") == true;
    }
}
