using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Physics.Calendar;
using AirIsland.Simulators.Scenarios.Events;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>
/// Lets a station of a scenario live, as fast as it goes, and writes what its meters show beside what really happened:
/// <c>data.csv</c> with <c>replay.json</c> to serve it again, <c>truth.csv</c> and <c>truth.json</c>.
/// </summary>
public static class ScenarioRecorder
{
    public const string TruthName = "truth.json";

    /// <summary>Cancellation is looked for this often, s.</summary>
    private const int Look = 3600;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Company names and units stand in it, and it is a file, not a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    internal static JsonSerializerOptions OneLine { get; } = new(Json) { WriteIndented = false };

    /// <param name="scenario">What happens.</param>
    /// <param name="station">To which of its stations.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="seed">Of weather, demand and meters.</param>
    /// <param name="directory">Made when missing; files in it are replaced.</param>
    /// <param name="cancellationToken">Ends it early, without a truth file.</param>
    /// <exception cref="FormatException">An event or meter does not fit the station; the message says why.</exception>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ScenarioTruth Record(
        ScenarioFile scenario, ScenarioStation station, int seconds, ulong seed, string directory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(station);
        var plant = scenario.BuildMetered(station, seed);
        var timeline = scenario.EventsOf(plant);
        Directory.CreateDirectory(directory);
        // One of an earlier run would say nothing of the data of this one.
        File.Delete(Path.Combine(directory, TruthName));
        ReplayFile.Write(directory, station);
        var first = plant.Meters.Meters.ToDictionary(m => m.Id, ShownBy);
        using (var data = new DataFile(directory, plant))
        using (var table = new TruthTable(directory, plant.Station))
        {
            for (var second = 0; second <= seconds; second++)
            {
                if (second % Look == 0) cancellationToken.ThrowIfCancellationRequested();
                timeline.Advance();
                if (second % scenario.EverySeconds == 0)
                {
                    data.Write(plant.Instant);
                    table.Write(plant.Instant, plant.Station);
                }
                if (second < seconds) plant.Step(Second);
            }
        }
        var truth = TruthOf(scenario, station, seed, plant, timeline, first);
        File.WriteAllText(Path.Combine(directory, TruthName), JsonSerializer.Serialize(truth, Json));
        return truth;
    }

    private static ScenarioTruth TruthOf(
        ScenarioFile scenario, ScenarioStation station, ulong seed, MeteredStation plant, Timeline timeline,
        Dictionary<string, ImmutableArray<RegisterRecord>> first)
    {
        var truth = plant.Station.Truth;
        return new()
        {
            Scenario = scenario.Name,
            Text = scenario.Text,
            Station = station.Name,
            Seed = seed,
            From = scenario.Start,
            To = plant.Instant,
            ReferenceState = ScenarioFigures.State.Name,
            Air = AirTruth.Of(truth),
            Energy = EnergyTruth.Of(truth.Energy),
            KWhPerM3 = truth.MeteredKg > 0 ? truth.ElectricJ / 3.6e6 / AirTruth.M3(truth.MeteredKg) : null,
            Companies = [.. truth.Branches.Select(CompanyTruth.Of)],
            Leaks = [.. truth.Leaks.Select(LeakFigure.Of)],
            Events = timeline.Truths,
            Meters =
            [
                .. from meter in plant.Meters.Meters
                   join fitted in station.Meters on meter.Id equals fitted.Id
                   let begun = first[meter.Id]
                   select new MeterRecord(
                       meter.Id,
                       fitted.At,
                       [.. ShownBy(meter).Zip(begun, (last, start) => last.Since(start))],
                       meter.Truth),
            ],
            Days = [.. DaysOf(plant)],
        };
    }

    private static ImmutableArray<RegisterRecord> ShownBy(FieldMeter meter) =>
        [.. meter.Registers.Select(r => new RegisterRecord(r.Key, 0, r.Value.Register, meter.PassedBy(r.Key)()))];

    private static IEnumerable<DayTruth> DaysOf(MeteredStation plant)
    {
        var calendar = StationCalendar.InChina(plant.Station.Spec.Start);
        var last = DateOnly.FromDateTime(plant.Instant.AddTicks(-1).ToOffset(calendar.SiteOffset).DateTime).DayNumber;
        for (var day = calendar.StartDayNumber; day <= last; day++)
        {
            var hours = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
            foreach (var branch in plant.Station.Branches) hours.Add(branch.Company, branch.Consumer.ShiftHoursOn(day));
            yield return new(DateOnly.FromDayNumber(day), calendar.Holidays.KindOf(day), hours.ToImmutable());
        }
    }
}
