using System.Globalization;
using AirIsland.Simulators.Stations;
using CsvHelper;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>
/// <c>truth.csv</c>: running totals of what really happens, row by row beside <see cref="DataFile"/>: kWh, m³ of companies, leaks and
/// machines; header pressure MPa gauge, pressure dew point °C.
/// </summary>
internal sealed class TruthTable : IDisposable
{
    public const string Name = "truth.csv";

    private readonly CsvWriter _csv;

    public TruthTable(string directory, Station station)
    {
        _csv = new(new StreamWriter(Path.Combine(directory, Name)), CultureInfo.InvariantCulture);
        foreach (var name in (ReadOnlySpan<string>)["time", "electricKWh", "headerMPa", "dewPointCelsius"]) _csv.WriteField(name);
        foreach (var branch in station.Branches)
        {
            _csv.WriteField($"{branch.Company}/meteredM3");
            _csv.WriteField($"{branch.Company}/usedM3");
        }
        foreach (var leak in station.Leaks) _csv.WriteField($"{leak.Id}/lostM3");
        foreach (var compressor in station.Compressors)
        {
            _csv.WriteField($"{compressor.Spec.Id}/electricKWh");
            _csv.WriteField($"{compressor.Spec.Id}/deliveredM3");
        }
        _csv.NextRecord();
    }

    public void Write(DateTimeOffset instant, Station station)
    {
        _csv.WriteField(instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        Write(station.ElectricJ / 3.6e6);
        Write((station.Header.Pa - station.Outdoor.Pa) * 1e-6);
        Write(station.Treatment.DewPointKelvin - 273.15);
        foreach (var branch in station.Branches)
        {
            Write(AirTruth.M3(branch.Pipe.PassedKg));
            Write(AirTruth.M3(branch.UsedKg));
        }
        foreach (var leak in station.Leaks) Write(AirTruth.M3(leak.Kg));
        foreach (var compressor in station.Compressors)
        {
            var totals = compressor.Totals;
            Write(totals.ElectricJ / 3.6e6);
            Write(AirTruth.M3(totals.DeliveredKg));
        }
        _csv.NextRecord();
    }

    public void Dispose() => _csv.Dispose();

    private void Write(double value) => _csv.WriteField(value.ToString("F6", CultureInfo.InvariantCulture));
}
