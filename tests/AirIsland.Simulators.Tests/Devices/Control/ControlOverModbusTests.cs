using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Meters.Faults;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations.Control;

namespace AirIsland.Simulators.Tests.Devices.Control;

/// <summary>The station controller and the compressors' set pressures, written over Modbus by mbpoll and by our own client.</summary>
public class ControlOverModbusTests
{
    [ExternalFact("mbpoll")]
    public async Task Mbpoll_writes_a_target_and_the_header_follows()
    {
        await using var plant = await ControlledPlant.StartAsync(new());
        plant.Run(3600);
        Assert.Equal(0.650, plant.HeaderMPa, 0.01);

        Assert.Contains("Written 1 references", await plant.PollAsync(1, 101, 600), StringComparison.Ordinal);
        plant.Run(3600);

        Assert.Equal(0.600, plant.HeaderMPa, 0.01);
        Assert.Contains("[2]: \t" + Shown(plant.Controller.Status.HeaderMPa * 1e4), await plant.PollAsync(1, 2), StringComparison.Ordinal);

        static string Shown(double value) => Math.Round(value).ToString("0", null);
    }

    [ExternalFact("mbpoll")]
    public async Task Mbpoll_writes_the_load_pressure_of_a_MAM_controller_and_the_machine_works_by_it()
    {
        await using var plant = await ControlledPlant.StartAsync(null);
        plant.Run(1800);
        Assert.Contains("[80]: \t67", await plant.PollAsync(2, 80), StringComparison.Ordinal);

        // From then on machine 0 holds the whole station above what the others unload at.
        Assert.Contains("Written 2 references", await plant.PollAsync(2, 80, 78, 82), StringComparison.Ordinal);
        plant.Run(1800);

        Assert.Equal((0.78, 0.82), (plant.Station.Commands[0].LoadBelowMPa, plant.Station.Commands[0].UnloadAboveMPa));
        Assert.True(plant.Station.Compressors[0].State is CompressorState.Loaded);
        Assert.Contains("[80]: \t78", await plant.PollAsync(2, 80), StringComparison.Ordinal);
        Assert.Contains("[1002]: \t69", await plant.PollAsync(3, 1002), StringComparison.Ordinal);
        Assert.Contains("[3061]: \t70", await plant.PollAsync(3, 3061), StringComparison.Ordinal);
    }

    [ExternalFact("mbpoll")]
    public async Task Mbpoll_is_told_why_a_write_is_refused()
    {
        await using var plant = await ControlledPlant.StartAsync(new());

        Assert.Contains("Illegal function", await plant.PollAsync(4, 97, 1), StringComparison.Ordinal);
        Assert.Contains("Illegal data address", await plant.PollAsync(1, 0, 1), StringComparison.Ordinal);
        Assert.Contains("Illegal data address", await plant.PollAsync(2, 0, 1), StringComparison.Ordinal);
        Assert.Contains("Illegal data value", await plant.PollAsync(1, 101, 5000), StringComparison.Ordinal);
        Assert.Contains("Illegal data value", await plant.PollAsync(2, 80, 76), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 99, 1, ModbusExceptionCode.IllegalDataAddress)]
    [InlineData(1, 104, 1, ModbusExceptionCode.IllegalDataAddress)]
    [InlineData(1, 2, 1, ModbusExceptionCode.IllegalDataAddress)]
    [InlineData(1, 113, 1, ModbusExceptionCode.IllegalDataAddress)]
    [InlineData(1, 100, 4, ModbusExceptionCode.IllegalDataValue)]
    [InlineData(1, 101, 525, ModbusExceptionCode.IllegalDataValue)]
    [InlineData(1, 110, 0, ModbusExceptionCode.IllegalDataValue)]
    [InlineData(1, 130, 1001, ModbusExceptionCode.IllegalDataValue)]
    [InlineData(1, 150, 2, ModbusExceptionCode.IllegalDataValue)]
    [InlineData(2, 82, 251, ModbusExceptionCode.IllegalDataValue)]
    [InlineData(3, 1001, 1, ModbusExceptionCode.IllegalDataAddress)]
    [InlineData(4, 10, 1, ModbusExceptionCode.IllegalFunction)]
    public async Task A_write_that_cannot_be_taken_is_refused_counted_and_changes_nothing(
        int unit, int address, int value, ModbusExceptionCode code)
    {
        await using var plant = await ControlledPlant.StartAsync(new());
        var device = plant.Device(unit switch { 1 => "controller", 2 => "mam860", 3 => "mam6080", _ => "meter" });
        var before = Shown();
        await using var client = plant.Client();

        var refusal = await Assert.ThrowsAsync<ModbusException>(
            () => client.WriteAsync((byte)unit, (ushort)address, [(ushort)value], default));

        Assert.Equal(code, refusal.Code);
        Assert.Equal((0L, 1L), (device.TakenWrites, device.RefusedWrites));
        Assert.Equal(before, Shown());

        List<decimal> Shown() => [.. device.Points.Select(p => device.Shows(p.Name))];
    }

    [Fact]
    public async Task A_write_of_several_settings_is_taken_whole_or_not_at_all()
    {
        await using var plant = await ControlledPlant.StartAsync(new());
        await using var client = plant.Client();

        await client.WriteAsync(1, 100, [1, 620, 15, 9], default);
        var taken = new ControlSettings(StationControlMode.Cascade, 0.62, 0.015);
        Assert.Equal((taken, 9), (plant.Controller.Settings, plant.Controller.LastBeat));

        // The last one is out of its range.
        await Assert.ThrowsAsync<ModbusException>(() => client.WriteAsync(1, 100, [2, 640, 150], default));
        // Each is within its range, together they leave no room for the band.
        await Assert.ThrowsAsync<ModbusException>(() => client.WriteAsync(1, 100, [2, 600, 90], default));
        // The fourth machine does not exist.
        await Assert.ThrowsAsync<ModbusException>(() => client.WriteAsync(1, 110, [3, 2, 1, 1], default));

        Assert.Equal(taken, plant.Controller.Settings);
        Assert.Equal(1, plant.Controller.SettingsOf(0).Rank);
        Assert.Equal((1L, 3L), (plant.Device("controller").TakenWrites, plant.Device("controller").RefusedWrites));
    }

    [Fact]
    public async Task A_write_to_a_device_that_is_silent_changes_nothing()
    {
        await using var plant = await ControlledPlant.StartAsync(new());
        await using var client = plant.Client(timeoutSeconds: 0.3);
        var before = plant.Controller.Settings;
        plant.Fault("controller", new MeterFault.Silent());

        await Assert.ThrowsAsync<TimeoutException>(() => client.WriteAsync(1, 101, [620], default));

        Assert.Equal(before, plant.Controller.Settings);
        Assert.Equal((0L, 1L), (plant.Device("controller").TakenWrites, plant.Device("controller").Traffic.Failed));
    }

    [Fact]
    public async Task Ranks_written_at_once_are_the_order_of_the_next_step()
    {
        await using var plant = await ControlledPlant.StartAsync(new());
        await using var client = plant.Client();

        await client.WriteAsync(1, 110, [3, 2, 1], default);
        plant.Run(1);

        Assert.Equal([3, 2, 1, 0], await client.ReadAsync(RegisterTable.Holding, 1, 50, 4, default));
        Assert.Equal([2, 1, 0], plant.Controller.Order.ToArray());
    }

    [Fact]
    public async Task Remote_lives_by_its_heartbeat_and_falls_back_to_the_cascade()
    {
        await using var plant = await ControlledPlant.StartAsync(new() { WatchdogSeconds = 30 });
        await using var client = plant.Client();
        plant.Run(3600);

        await client.WriteAsync(1, 140, [620, 620, 620], default);
        await client.WriteAsync(1, 150, [(ushort)RemoteDuty.Target, (ushort)RemoteDuty.Off, (ushort)RemoteDuty.Target], default);
        await client.WriteAsync(1, 100, [(ushort)StationControlMode.Remote], default);
        for (ushort beat = 1; beat <= 180; beat++)
        {
            await client.WriteAsync(1, 103, [beat], default);
            plant.Run(20);
        }
        Assert.Equal([3, 0], await client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
        Assert.Equal((ushort)CompressorState.Stopped, (await client.ReadAsync(RegisterTable.Holding, 1, 21, 1, default))[0]);
        Assert.InRange(plant.HeaderMPa, 0.58, 0.64);

        plant.Run(11);
        Assert.Equal([1, 1], await client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
        Assert.Equal([0, 0, 1], await client.ReadAsync(RegisterTable.Holding, 1, 8, 3, default));
    }

    [Fact]
    public async Task Set_pressures_wait_behind_a_station_controller_until_the_machine_works_by_its_own_bands()
    {
        await using var plant = await ControlledPlant.StartAsync(new());
        await using var client = plant.Client();

        await client.WriteAsync(2, 80, [60, 66], default);
        await client.WriteAsync(3, 3061, [61], default);
        plant.Run(10);
        Assert.Null(plant.Station.Commands[0].LoadBelowMPa);
        Assert.Equal([60, 66], await client.ReadAsync(RegisterTable.Holding, 2, 80, 2, default));

        await client.WriteAsync(1, 100, [(ushort)StationControlMode.Local], default);
        plant.Run(10);
        Assert.Equal((0.60, 0.66), (plant.Station.Commands[0].LoadBelowMPa, plant.Station.Commands[0].UnloadAboveMPa));
        Assert.Equal(0.61, plant.Station.Commands[2].TargetMPa);
    }
}
