using System.Globalization;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Meters;
using CsvHelper;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>
/// <c>data.csv</c>: what the displays of all devices show at an instant, one row an instant, a column for each <c>device/point</c>. A
/// device that does not answer leaves its cells empty.
/// </summary>
internal sealed class DataFile : IDisposable
{
    public const string Name = "data.csv";
    public const string Time = "time";

    private readonly CsvWriter _csv;
    private readonly (FieldMeter Meter, ProfileDevice Device, string[] Points)[] _columns;

    public DataFile(string directory, MeteredStation plant)
    {
        _csv = new(new StreamWriter(Path.Combine(directory, Name)), CultureInfo.InvariantCulture);
        _columns =
        [
            .. plant.Meters.Meters.Select(m => (m, plant.Devices[m.Id], plant.Devices[m.Id].Points.Select(p => p.Name).ToArray())),
        ];
        _csv.WriteField(Time);
        foreach (var (meter, _, points) in _columns)
            foreach (var point in points) _csv.WriteField(Column(meter.Id, point));
        _csv.NextRecord();
    }

    public static string Column(string device, string point) => $"{device}/{point}";

    public void Write(DateTimeOffset instant)
    {
        _csv.WriteField(instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        foreach (var (meter, device, points) in _columns)
        {
            var answers = meter.Transmission.Answers;
            foreach (var point in points) _csv.WriteField(answers ? device.Shows(point).ToString(CultureInfo.InvariantCulture) : "");
        }
        _csv.NextRecord();
    }

    public void Dispose() => _csv.Dispose();
}
