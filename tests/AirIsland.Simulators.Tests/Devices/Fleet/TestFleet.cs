using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Fleet.Sources;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

/// <summary>A fleet whose displays stand still, on free ports, with clients of it.</summary>
internal sealed class TestFleet : IAsyncDisposable
{
    private readonly List<ModbusClient> _clients = [];
    private readonly ModbusFleet _servers;
    private readonly MeterFleet _meters;

    private TestFleet(DeviceFleet fleet, TimeProvider? time)
    {
        Fleet = fleet;
        _servers = new(fleet, time);
        _meters = new(fleet, time);
        Bench = new(fleet);
    }

    public DeviceFleet Fleet { get; }

    public DeviceBench Bench { get; }

    public FleetDevice this[string id] => Fleet[id];

    /// <summary>Starts devices that show <paramref name="reading"/>: 1 everywhere when there is none.</summary>
    public static Task<TestFleet> StartAsync(FleetOptions options, Func<string, string, decimal>? reading = null) =>
        ServeAsync(DeviceFleet.Make(options, id => point => reading?.Invoke(id, point) ?? 1, new()));

    /// <summary>Starts the servers of a fleet.</summary>
    public static async Task<TestFleet> ServeAsync(DeviceFleet made, TimeProvider? time = null)
    {
        var fleet = new TestFleet(made, time);
        await fleet._servers.StartAsync(default);
        await fleet._meters.StartAsync(default);
        return fleet;
    }

    /// <summary>Devices with values of their own and no station.</summary>
    public static (SourcedDevices Devices, DeviceFleet Fleet) Sourced(params FleetDeviceOptions[] places)
    {
        var devices = new SourcedDevices(new() { Devices = places });
        return (devices, devices.Beside(DeviceFleet.Make(new(), _ => _ => 0, new())));
    }

    /// <summary>A power meter and a compressor's controller behind one port: units 1 and 2.</summary>
    public static Task<TestFleet> GatewayAsync(int seed = 1) => StartAsync(new()
    {
        Seed = seed,
        Devices =
        [
            new() { Id = "meter", Profile = "acrel-dtsd1352", Gateway = "g", Unit = 1 },
            new() { Id = "controller", Profile = "mam860", Gateway = "g", Unit = 2 },
        ],
    });

    public int PortOf(string id) => Fleet[id].Endpoint?.Port ?? throw new InvalidOperationException($"{id} does not listen");

    public ModbusClient Client(string id, double timeoutSeconds = 20)
    {
        var client = new ModbusClient("127.0.0.1", PortOf(id), new() { Timeout = TimeSpan.FromSeconds(timeoutSeconds) });
        _clients.Add(client);
        return client;
    }

    /// <summary>Reads the three phase voltages of the meter.</summary>
    public static Task<ushort[]> VoltagesAsync(ModbusClient client) => client.ReadAsync(RegisterTable.Holding, 1, 0x0061, 3, default);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await _servers.DisposeAsync();
        await _meters.DisposeAsync();
    }
}
