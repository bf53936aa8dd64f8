using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Control;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Stations;
using AirIsland.Simulators.Stations.Control;
using AirIsland.Simulators.Tests.Stations;

namespace AirIsland.Simulators.Tests.Devices.Control;

/// <summary>
/// The test park behind Modbus: unit 1 its station controller (if it has one), unit 2 a MAM860 on machine 0, unit 3 a MAM6080 on machine 2,
/// unit 4 a power meter. It stands still but when it is told to run.
/// </summary>
internal sealed class ControlledPlant : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly DeviceFleet _fleet;
    private readonly ModbusFleet _servers;

    private ControlledPlant(StationControlSpec? control)
    {
        Station = new(TestStations.Park() with { Control = control });
        var devices = new Dictionary<string, ProfileDevice>
        {
            ["mam860"] = CompressorPanel.Device("mam860", DeviceProfiles.Load("mam860"), Station, 0, _ => 0),
            ["mam6080"] = CompressorPanel.Device("mam6080", DeviceProfiles.Load("mam6080"), Station, 2, _ => 1),
            ["meter"] = new("meter", DeviceProfiles.Load("acrel-dtsd1352"), 1, _ => 0),
        };
        List<FleetDeviceOptions> places =
        [
            new() { Id = "mam860", Profile = "mam860", Gateway = "g", Unit = 2 },
            new() { Id = "mam6080", Profile = "mam6080", Gateway = "g", Unit = 3 },
            new() { Id = "meter", Profile = "acrel-dtsd1352", Gateway = "g", Unit = 4 },
        ];
        if (control is not null)
        {
            const string Profile = "air-station-controller";
            devices["controller"] = StationControlDevice.Device("controller", DeviceProfiles.Load(Profile), Station);
            places.Add(new() { Id = "controller", Profile = Profile, Gateway = "g", Unit = 1 });
        }
        _fleet = new(new() { Devices = places }, devices, _gate);
        _servers = new(_fleet);
    }

    public Station Station { get; }

    public StationController Controller => Station.Controller ?? throw new InvalidOperationException("no controller");

    public int Port => _fleet["meter"].Endpoint?.Port ?? throw new InvalidOperationException("not started");

    public double HeaderMPa => (Station.Header.Pa - Station.Outdoor.Pa) * 1e-6;

    public static async Task<ControlledPlant> StartAsync(StationControlSpec? control)
    {
        var plant = new ControlledPlant(control);
        await plant._servers.StartAsync(default);
        return plant;
    }

    public ProfileDevice Device(string id) => _fleet[id].Device;

    public ModbusClient Client() => new("127.0.0.1", Port, new() { Timeout = TimeSpan.FromSeconds(5), Writable = true });

    /// <summary>mbpoll with a unit, an address and what to write; what it printed.</summary>
    public async Task<string> PollAsync(int unit, int address, params int[] values)
    {
        string[] arguments =
        [
            "-m", "tcp", "-0", "-1", "-t", "4", "-p", $"{Port}", "-a", $"{unit}", "-r", $"{address}", "127.0.0.1",
            .. values.Select(v => $"{v}"),
        ];
        return (await ExternalProgram.RunAsync("mbpoll", arguments)).Output;
    }

    public void Run(int seconds)
    {
        lock (_gate)
            for (var step = 0; step < seconds; step++) Station.Step(1);
    }

    public ValueTask DisposeAsync() => _servers.DisposeAsync();
}
