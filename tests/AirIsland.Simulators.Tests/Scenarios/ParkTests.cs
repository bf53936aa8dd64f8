using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Scenarios;

namespace AirIsland.Simulators.Tests.Scenarios;

/// <summary>The station with one of everything, recorded and live.</summary>
public class ParkTests
{
    [Fact]
    public void It_has_every_device_map_there_is()
    {
        var shipped = typeof(ScenarioFile).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("profiles/", StringComparison.Ordinal)).Select(n => Path.GetFileNameWithoutExtension(n));

        Assert.Equal(shipped.Order(), ScenarioFile.Load("park").Stations[0].Meters.Select(m => m.Profile).Distinct().Order());
    }

    [Fact]
    public void Its_controller_holds_the_target_its_dryer_dries_and_its_heat_is_used()
    {
        var run = RecordedScenario.Of("park");

        // A working day: from the morning shift on.
        Assert.InRange(run.Mean("headerMPa", "0.06:00:00", "0.20:00:00"), 0.63, 0.67);
        Assert.InRange(run.True("dewPointCelsius", "0.12:00:00"), -60, -30);
        Assert.Equal(90, run.Truth.Energy.RecoveredKWh / 24, 9.0);
        Assert.True(run.Truth.Energy.CoolingWaterKWh > 0.1 * run.Truth.Energy.ElectricKWh);
        Assert.True(run.Truth.Air.PurgedM3 > 0);
        Assert.Equal(2, run.Shown("controller/ControlMode", "0.12:00:00"));
        // The workshop's regulator lets no more through than it uses.
        Assert.InRange(run.Truth.KWhPerM3 ?? 0, 0.085, 0.125);
    }

    [Fact]
    public async Task Every_modbus_device_answers_every_point_of_its_map_over_a_real_socket()
    {
        var ports = ScenarioFile.Load("park").Stations[0].Meters.Where(m => m.Topic is null).Select(m => m.Port).Distinct();
        await using var running = await Running.StartAsync(
            ["--plant:scenario", "park", .. ports.SelectMany(p => new[] { $"--modbus:instead:{p}", "0" })]);
        await running.PassAsync(TimeSpan.FromMinutes(1));

        var read = 0;
        foreach (var device in running.Fleet.Devices.Where(d => d.Place is { Topic: null, Address: null }))
        {
            var port = device.Endpoint?.Port ?? throw new InvalidOperationException($"{device.Id} does not listen");
            await using var client = new ModbusClient("127.0.0.1", port, new() { Timeout = TimeSpan.FromSeconds(20) });
            foreach (var point in device.Device.Points)
            {
                var registers = await client.ReadAsync(
                    point.Table, device.Place.Unit, (ushort)point.Address, point.RegisterCount, CancellationToken.None);
                // A binary32 is the nearest to the display's digits.
                var value = PointCodec.ToEngineering(point, registers) ?? throw new InvalidOperationException($"{device.Id}/{point.Name}");
                Assert.Equal((double)device.Device.Shows(point.Name), (double)value, (double)point.Resolution / 2);
                read++;
            }
        }
        Assert.True(read > 150, $"{read} points");
    }
}
