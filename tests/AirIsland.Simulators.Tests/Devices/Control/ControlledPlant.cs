using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fitting;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Meters.Faults;
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
    private readonly MeteredStation _plant;
    private readonly DeviceFleet _fleet;
    private readonly ModbusFleet _servers;

    private ControlledPlant(StationControlSpec? control)
    {
        List<MeterOptions> meters =
        [
            new() { Id = "mam860", Profile = "mam860", At = "fixed-1" },
            new() { Id = "mam6080", Profile = "mam6080", At = "variable" },
            new() { Id = "meter", Profile = "acrel-dtsd1352", At = "station", Ratio = 100 },
        ];
        if (control is not null) meters.Insert(0, new() { Id = "controller", Profile = "air-station-controller", At = "controller" });
        _plant = new(new(TestStations.Park() with { Control = control }), meters, 1);
        var first = control is null ? 2 : 1;
        _fleet = new(
            new()
            {
                Devices =
                [
                    .. meters.Select((m, i) => new FleetDeviceOptions
                    {
                        Id = m.Id, Profile = m.Profile, Ratio = m.Ratio, Gateway = "g", Unit = (byte)(first + i),
                    }),
                ],
            },
            _plant.Devices,
            _plant.Gate,
            _plant.Meters.Find);
        _servers = new(_fleet);
    }

    public Station Station => _plant.Station;

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

    public ModbusClient Client(double timeoutSeconds = 20) =>
        new("127.0.0.1", Port, new() { Timeout = TimeSpan.FromSeconds(timeoutSeconds), Writable = true });

    public void Fault(string id, MeterFault fault)
    {
        lock (_plant.Gate) _plant.Meters.Set(id, "fault", fault);
    }

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
        lock (_plant.Gate) _plant.Step(TimeSpan.FromSeconds(seconds));
    }

    public ValueTask DisposeAsync() => _servers.DisposeAsync();
}
