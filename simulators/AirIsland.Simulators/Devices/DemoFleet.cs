using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Devices;

/// <summary>The demo's station as a fleet: its ten devices at the places that the edge's own settings name.</summary>
public static class DemoFleet
{
    private const decimal StationRatio = 100;
    private const decimal CompressorRatio = 40;

    public static FleetOptions Describe(ModbusPorts ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        return new()
        {
            Devices =
            [
                new() { Id = "compressor-1", Profile = "mam6080", Port = ports.Compressor1 },
                new() { Id = "compressor-2", Profile = "mam6080", Port = ports.Compressor2 },
                new() { Id = "compressor-3", Profile = "mam6080", Port = ports.Compressor3 },
                PowerMeter("station-power", ports, unit: 10, StationRatio),
                PowerMeter("compressor-1-power", ports, unit: 11, CompressorRatio),
                PowerMeter("compressor-2-power", ports, unit: 12, CompressorRatio),
                PowerMeter("compressor-3-power", ports, unit: 13, CompressorRatio),
                new() { Id = "lifode-flow", Profile = "suto-s401", Port = ports.LifodeFlow },
                new() { Id = "songyuan-flow", Profile = "mqtt-flow", Topic = "moushan/songyuan/flow" },
                new() { Id = "header-dewpoint", Profile = "mqtt-dewpoint", Topic = "moushan/header/dewpoint" },
            ],
        };
    }

    public static DeviceFleet Of(MeteredPlant plant, ModbusPorts ports)
    {
        ArgumentNullException.ThrowIfNull(plant);
        return new(Describe(ports), plant.Devices, plant.Gate);
    }

    private static FleetDeviceOptions PowerMeter(string id, ModbusPorts ports, byte unit, decimal ratio) =>
        new() { Id = id, Profile = "acrel-dtsd1352", Ratio = ratio, Port = ports.Power, Gateway = "power", Unit = unit };
}
