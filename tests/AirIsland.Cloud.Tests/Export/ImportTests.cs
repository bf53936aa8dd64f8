using System.Globalization;
using System.Text.Json;
using AirIsland.Cloud.Export;
using AirIsland.Cloud.Ingest;
using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry;
using DuckDB.NET.Data;
using NodaTime;

namespace AirIsland.Cloud.Tests.Export;

/// <summary>A real logger's file into a running cloud and out again, as a user would do it; DuckDB reads what we wrote.</summary>
public sealed class ImportTests(CloudHost cloud) : IClassFixture<CloudHost>, IDisposable
{
    private static readonly string Log = Path.Combine(AppContext.BaseDirectory, "Export", "plant-log.csv");
    private static readonly string LogMap = Path.Combine(AppContext.BaseDirectory, "Export", "plant-log.map.json");

    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-import-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_plants_log_is_imported_once_and_comes_out_as_it_went_in()
    {
        var first = await ImportAsync(Log, LogMap);
        Assert.Equal(600, first.GetProperty("found").GetProperty("rows").GetInt64());
        Assert.Equal(3_000, first.GetProperty("found").GetProperty("values").GetInt64());
        Assert.Equal(3_000, first.GetProperty("storedSamples").GetInt64());

        var again = await ImportAsync(Log, LogMap);
        Assert.Equal((0, 0L), (again.GetProperty("sentBatches").GetInt32(), again.GetProperty("storedSamples").GetInt64()));

        // 5/1/2022 5:02 is row 5 of the file: 171.8 kW and 83.377 psig; New York was four hours behind.
        var store = cloud.Service<ITelemetryStore>();
        var at = Instant.FromUtc(2022, 5, 1, 9, 2);
        var tags = await store.TagsAsync(new("moushan"), default);
        Assert.Equal(1718, (await SamplesAsync("log-a1/ActivePower"))[0].Count);
        var pressure = Math.Round(83.377m * 0.006894757m * 100_000, MidpointRounding.ToEven);
        Assert.Equal((long)pressure, (await SamplesAsync("log-header/GaugePressure"))[0].Count);
        // A minute has two rows now and then, and both are there.
        var day = Duration.FromDays(1);
        Assert.Equal(600, await store.Read(Tag("log-a1/ActivePower"), at - day, at + day, default).CountAsync());

        // Out as CSV, and that file by its own map: every row again.
        var (code, _, error) = await ExportAsync("csv", "out.csv");
        Assert.True(code == 0, error);
        var file = Path.Combine(_directory, "out.csv");
        var map = ImportMap.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(file, ".map.json")));
        var (rows, original) = (Rows(file, map), Rows(Log, ImportMap.Parse(await File.ReadAllTextAsync(LogMap))));
        Assert.Equal(original.OrderBy(r => r.At).Select(Text), rows.Select(Text));
        Assert.Equal(3_000, (await ImportAsync(file, Path.ChangeExtension(file, ".map.json"))).GetProperty("storedSamples").GetInt64());

        async Task<List<Sample>> SamplesAsync(string place) =>
            await store.Read(Tag(place), at, at + Duration.FromMinutes(1), default).ToListAsync();

        Tag Tag(string place) => tags.Single(t => t.Id.Value == $"moushan/{place}");
    }

    [Fact]
    public async Task Parquet_opens_in_DuckDB_with_exact_counts_and_ready_values()
    {
        var start = Instant.FromUtc(2023, 1, 1, 0, 0);
        var lines = Enumerable.Range(0, 86_400).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{start + Duration.FromSeconds(i)},{0.65 + (0.001 * (i % 90)):0.000}"));
        await File.WriteAllLinesAsync(Path.Combine(_directory, "day.csv"), lines.Prepend("t,p"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "day.json"), """
            { "time": { "column": "t" }, "columns": [
              { "column": "p", "tag": "parquet/GaugePressure", "medium": "air", "unit": "MPa", "resolution": 0.001 } ] }
            """);
        await ImportAsync(Path.Combine(_directory, "day.csv"), Path.Combine(_directory, "day.json"));

        var (code, said, error) = await ExportAsync("parquet", "day.parquet", "parquet/*", "2023-01-01T00:00:00Z", "2023-01-01T12:00:00Z");

        Assert.True(code == 0, error);
        Assert.Equal(43_200, JsonDocument.Parse(said).RootElement.GetProperty("samples").GetInt64());
        var path = Path.Combine(_directory, "day.parquet");
        using var duck = new DuckDBConnection("DataSource=:memory:");
        await duck.OpenAsync();
        using var ask = duck.CreateCommand();
        ask.CommandText = "SELECT count(*), sum(count), round(sum(value), 3), min(epoch_ms(time)), max(epoch_ms(time)), any_value(tag), "
            + $"any_value(quality), typeof(any_value(time)), max(abs(value - count * resolution::DOUBLE)) FROM '{path}'";
        using var row = await ask.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        var counts = Enumerable.Range(0, 43_200).Sum(i => 650L + (i % 90));
        Assert.Equal($"43200|{counts}|{counts / 1000.0}", $"{row[0]}|{row[1]}|{row[2]}");
        Assert.Equal((1_672_531_200_000L, 1_672_574_399_000L), (row.GetInt64(3), row.GetInt64(4)));
        Assert.Equal(("moushan/parquet/GaugePressure", "Good"), (row.GetString(5), row.GetString(6)));
        Assert.StartsWith("TIMESTAMP", row.GetString(7), StringComparison.Ordinal);
        Assert.Equal(0, row.GetDouble(8), 12);
        // Seven columns, and no more than about two bytes a sample of a quiet signal.
        Assert.InRange(new FileInfo(path).Length / 43_200.0, 0, 2);
    }

    [Fact]
    public async Task An_import_that_was_broken_off_goes_on()
    {
        var lines = Enumerable.Range(0, 25_000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{Instant.FromUtc(2023, 2, 1, 0, 0) + Duration.FromSeconds(i)},{i}"));
        var (file, map) = (Path.Combine(_directory, "long.csv"), Path.Combine(_directory, "long.json"));
        await File.WriteAllLinesAsync(file, lines.Prepend("t,n"));
        await File.WriteAllTextAsync(map, """
            { "time": { "column": "t" }, "columns": [
              { "column": "n", "tag": "resumed/AccumulatedVolume", "kind": "Register", "unit": "m3", "resolution": 1 } ] }
            """);
        await BeginAsync(file, ImportMap.Parse(await File.ReadAllTextAsync(map)));

        var result = await ImportAsync(file, map);

        Assert.Equal((1, 2), (result.GetProperty("batchesThereBefore").GetInt32(), result.GetProperty("sentBatches").GetInt32()));
        var store = cloud.Service<ITelemetryStore>();
        var tag = (await store.TagsAsync(new("moushan"), default)).Single(t => t.Id.Value == "moushan/resumed/AccumulatedVolume");
        var counts = await store.Read(tag, Instant.FromUtc(2023, 2, 1, 0, 0), Instant.FromUtc(2023, 2, 2, 0, 0), default)
            .Select(s => s.Count ?? -1).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 25_000).Select(i => (long)i), counts);
    }

    [Theory]
    [InlineData("--station", "nowhere", 1, "no station 'nowhere'")]
    [InlineData("--ingest", "http://127.0.0.1:9", 1, "the cloud")]
    [InlineData("--server", "http://127.0.0.1:9", 1, "no cloud answers")]
    [InlineData("--map", "missing.json", 1, "missing.json")]
    [InlineData("--wrong", "x", 2, "--wrong")]
    [InlineData("--server", "ftp://x", 2, "ftp://x")]
    public async Task What_goes_wrong_is_said_in_words_and_by_the_exit_code(string option, string value, int exit, string words)
    {
        var (code, _, error) = await RunAsync(Log, LogMap, option, value);

        Assert.Equal(exit, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_that_contradicts_what_a_meter_sends_is_refused()
    {
        const string Map = """
            { "time": { "column": "t" }, "columns": [
              { "column": "n", "tag": "contradicted/ActivePower", "unit": "kW", "resolution": 0.1 } ] }
            """;
        var (file, map, other) = (Place("a.csv"), Place("a.json"), Place("b.json"));
        await File.WriteAllTextAsync(file, "t,n\n2022-05-01T00:00:00Z,1\n");
        await File.WriteAllTextAsync(map, Map);
        await File.WriteAllTextAsync(other, Map.Replace("0.1", "0.01", StringComparison.Ordinal));
        await ImportAsync(file, map);

        var (code, _, error) = await RunAsync(file, other);

        Assert.Equal(1, code);
        Assert.Contains("contradicted/ActivePower is known as Level in kW by 0.1", error, StringComparison.Ordinal);
    }

    private string Place(string name) => Path.Combine(_directory, name);

    private static string Text(ImportRow row) => $"{row.At} {string.Join(' ', row.Counts)}";

    private static List<ImportRow> Rows(string path, ImportMap map)
    {
        using var file = File.OpenRead(path);
        return [.. new CsvRows(file, map).Read()];
    }

    /// <summary>Sends the first batch and hangs up.</summary>
    private async Task BeginAsync(string path, ImportMap map)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(path));
        var tags = map.Columns.Select(c => c.TagAt("moushan")).ToList();
        var edge = $"import-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}";
        await using var link = await ImportLink.ConnectAsync(
            cloud.Ingest, new(null, null, null), ImportLink.Describe(edge, "moushan", tags), map.Epoch(hash, "moushan"), default);
        await link.SendAsync(1, ImportBatches.Of(Rows(path, map), map.Columns, _ => 0).First(), default);
    }

    private async Task<JsonElement> ImportAsync(string file, string map)
    {
        var (code, said, error) = await RunAsync(file, map);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(said).RootElement;
    }

    private async Task<(int Code, string Said, string Error)> RunAsync(string file, string map, string? option = null, string? value = null)
    {
        var options = new Dictionary<string, string>
        {
            ["--map"] = map,
            ["--station"] = "moushan",
            ["--server"] = $"{cloud.Http.BaseAddress}",
            ["--ingest"] = $"{cloud.Ingest}",
        };
        if (option is not null) options[option] = value!;
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ImportCommand.RunAsync([file, .. options.SelectMany(o => new[] { o.Key, o.Value }), "--json"], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private async Task<(int Code, string Said, string Error)> ExportAsync(
        string format, string name, string tags = "log-*", string from = "2022-05-01", string to = "2022-05-03")
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ExportCommand.RunAsync(
            [
                "--station", "moushan", "--tags", tags, "--from", from, "--to", to, "--format", format,
                "--out", Path.Combine(_directory, name), "--server", $"{cloud.Http.BaseAddress}", "--json",
            ],
            output, error);
        return (code, output.ToString(), error.ToString());
    }
}
