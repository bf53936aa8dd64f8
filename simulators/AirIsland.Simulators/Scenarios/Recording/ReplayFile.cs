using System.Text.Json;
using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary><c>replay.json</c>: serves <see cref="DataFile"/> as the devices that it came from, with the verb replay.</summary>
internal static class ReplayFile
{
    public const string Name = "replay.json";

    private const int FirstPort = 16_001;

    public static void Write(string directory, ScenarioStation station) => File.WriteAllText(
        Path.Combine(directory, Name),
        JsonSerializer.Serialize(
            new
            {
                file = DataFile.Name,
                time = new { column = DataFile.Time },
                // The replay speaks Modbus TCP and MQTT.
                devices = station.Meters.Where(meter => meter.Address is null).Select((meter, number) => new
                {
                    meter.Id,
                    meter.Profile,
                    meter.Ratio,
                    port = meter.Topic is not null ? (int?)null : meter.Port > 0 ? meter.Port : FirstPort + number,
                    unit = meter.Topic is null ? meter.Unit : (byte?)null,
                    meter.Topic,
                    points = DeviceProfiles.Load(meter.Profile).Points.ToDictionary(
                        point => point.Name, point => new { column = DataFile.Column(meter.Id, point.Name) }),
                }),
            },
            ScenarioRecorder.Json));
}
