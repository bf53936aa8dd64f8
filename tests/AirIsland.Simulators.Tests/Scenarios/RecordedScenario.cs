using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using AirIsland.Simulators.Scenarios;
using AirIsland.Simulators.Scenarios.Events;
using AirIsland.Simulators.Scenarios.Recording;
using CsvHelper;

namespace AirIsland.Simulators.Tests.Scenarios;

/// <summary>A scenario that was run once for all tests, read back from its files.</summary>
internal sealed class RecordedScenario
{
    private static readonly ConcurrentDictionary<string, Lazy<RecordedScenario>> Runs = new();

    private readonly List<Dictionary<string, string>> _data;
    private readonly List<Dictionary<string, string>> _table;

    private RecordedScenario(string name)
    {
        File = ScenarioFile.Load(name);
        var directory = Directory.CreateTempSubdirectory("scenario-");
        try
        {
            ScenarioRecorder.Record(File, File.Stations[0], File.Days * 86_400, 1, directory.FullName, CancellationToken.None);
            Truth = JsonSerializer.Deserialize<ScenarioTruth>(
                System.IO.File.ReadAllText(Path.Combine(directory.FullName, ScenarioRecorder.TruthName)), ScenarioRecorder.Json)
                ?? throw new InvalidOperationException("the truth file is empty");
            _data = Read(Path.Combine(directory.FullName, "data.csv"));
            _table = Read(Path.Combine(directory.FullName, "truth.csv"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    public ScenarioFile File { get; }

    public ScenarioTruth Truth { get; }

    public int Rows => _data.Count;

    public IEnumerable<string> Columns => _data[0].Keys;

    public static RecordedScenario Of(string name) => Runs.GetOrAdd(name, n => new(() => new(n))).Value;

    public EventTruth Event(string name) => Truth.Events.Single(e => e.Name == name);

    /// <summary>What the display showed that long after the start; null: nothing.</summary>
    public decimal? Shown(string column, string after)
    {
        var text = Row(_data, after)[column];
        return text.Length == 0 ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>What a register gained between two times, as a reader of the data would say.</summary>
    public decimal Counted(string column, string from, string to) =>
        (Shown(column, to) ?? throw new InvalidOperationException($"{column} at {to}"))
        - (Shown(column, from) ?? throw new InvalidOperationException($"{column} at {from}"));

    /// <summary>A column of the truth that long after the start.</summary>
    public double True(string column, string after) => double.Parse(Row(_table, after)[column], CultureInfo.InvariantCulture);

    /// <summary>How much a running total of the truth grew.</summary>
    public double Grew(string column, string from, string to) => True(column, to) - True(column, from);

    /// <summary>Mean of a column of the truth.</summary>
    public double Mean(string column, string from, string to)
    {
        var (first, last) = (Index(from), Index(to));
        return Enumerable.Range(first, last - first).Average(i => double.Parse(_table[i][column], CultureInfo.InvariantCulture));
    }

    /// <summary>Times after the start, one a row, at which a column of the data is empty.</summary>
    public IEnumerable<TimeSpan> Gaps(string column) =>
        from row in Enumerable.Range(0, _data.Count)
        where _data[row][column].Length == 0
        select TimeSpan.FromSeconds((double)row * File.EverySeconds);

    private Dictionary<string, string> Row(List<Dictionary<string, string>> rows, string after) => rows[Index(after)];

    private int Index(string after) => (int)(TimeSpan.Parse(after, CultureInfo.InvariantCulture).TotalSeconds / File.EverySeconds);

    private static List<Dictionary<string, string>> Read(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var header = csv.HeaderRecord ?? [];
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read()) rows.Add(header.ToDictionary(name => name, name => csv.GetField(name) ?? ""));
        return rows;
    }
}
