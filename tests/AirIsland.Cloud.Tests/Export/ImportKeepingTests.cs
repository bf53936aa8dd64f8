using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AirIsland.Cloud.Export;
using AirIsland.Storage.Telemetry;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace AirIsland.Cloud.Tests.Export;

/// <summary>What becomes of imports in the store: one hides nothing of another, and all of it is sealed like what came live.</summary>
public sealed class ImportKeepingTests(CloudHost cloud) : IClassFixture<CloudHost>, IDisposable
{
    // Over for long, and not so old that only minutes of it are kept.
    private static readonly Instant Start =
        Instant.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(-60).ToUnixTimeSeconds());

    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-import-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("--edge", "import-logger")]
    [InlineData(null, null)]
    public async Task Imports_under_one_name_hide_nothing_of_each_other(string? option, string? name)
    {
        var asset = name is null ? "unnamed" : "named";
        // Without a name of its own an import is called after its file: the same one by two maps.
        Assert.Equal((0, ""), await ImportAsync(10, 60, Map($"{asset}/ActivePower"), option, name));
        Assert.Equal((0, ""), await ImportAsync(10, 60, Map($"{asset}/Current"), option, name));

        var tags = (await cloud.Http.GetFromJsonAsync<JsonElement>("/api/v1/stations/moushan/export/tags"))
            .GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("id").GetString()).ToList();
        Assert.Contains($"moushan/{asset}/ActivePower", tags);
        Assert.Contains($"moushan/{asset}/Current", tags);
        Assert.Equal(10, await CountAsync($"moushan/{asset}/ActivePower"));
    }

    // It would end the site's own stream, and hide the site's tags.
    [Fact]
    public async Task An_import_does_not_speak_as_the_edge_of_a_site()
    {
        var (code, said) = await ImportAsync(10, 60, Map("fenced/ActivePower"), "--edge", "edge-moushan");

        Assert.Equal(2, code);
        Assert.Contains("--edge 'edge-moushan' does not begin with 'import-'", said, StringComparison.Ordinal);
    }

    // 10,000 rows of one a minute are a week; a batch of more than a day stays in the journal as it came.
    [Fact]
    public async Task A_slow_log_of_several_days_is_sealed()
    {
        Assert.Equal((0, ""), await ImportAsync(5 * 1440, 60, Map("slow/ActivePower"), null, null));
        // The newest batch of a station is never forgotten: this one.
        Assert.Equal((0, ""), await ImportAsync(3, 60, Map("slow/Current"), null, null));

        var upkeep = Assert.IsAssignableFrom<IStoreUpkeep>(cloud.Service<ITelemetryStore>());
        await upkeep.KeepUpAsync(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()), default);

        using var journal = new SqliteConnection($"Data Source={Path.Combine(cloud.Data, "journal.db")};Pooling=False;Mode=ReadOnly");
        await journal.OpenAsync();
        using var held = journal.CreateCommand();
        held.CommandText = "SELECT sum(held), max(points) FROM batch";
        using var row = await held.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        Assert.Equal((0L, 3L), (row.GetInt64(0), row.GetInt64(1)));
        Assert.Equal(5 * 1440, await CountAsync("moushan/slow/ActivePower"));
    }

    // Rows that run backwards are of one batch as long as they are of one day.
    [Fact]
    public void A_batch_has_at_most_a_day_and_10000_points_whatever_the_order_of_the_rows()
    {
        int[] minutes = [0, 1440, 1, 1441, 5000, 4999, 3560, 3559];
        var rows = minutes.Select(m => new ImportRow(Start + Duration.FromMinutes(m), [m])).ToList();
        var columns = ImportMap.Parse(Map("cut/ActivePower")).Columns;

        var cuts = ImportBatches.Of(rows, columns, _ => 0).Select(b => b.Block).ToList();

        Assert.Equal([3, 1, 3, 1], cuts.Select(b => b.PointCount));
        Assert.All(cuts, b => Assert.InRange(b.To - b.From, 0, 86_400_000));
        var dense = Enumerable.Range(0, 25_000).Select(s => new ImportRow(Start + Duration.FromSeconds(s), [s]));
        Assert.Equal([10_000, 10_000, 5_000], ImportBatches.Of(dense, columns, _ => 0).Select(b => b.Block.PointCount));
    }

    private static string Map(string tag) =>
        $$"""{ "time": { "column": "t" }, "columns": [ { "column": "n", "tag": "{{tag}}", "unit": "kW", "resolution": 1 } ] }""";

    private async Task<int> CountAsync(string tag)
    {
        var store = cloud.Service<ITelemetryStore>();
        var known = (await store.TagsAsync(new("moushan"), default)).Single(t => t.Id.Value == tag);
        return await store.Read(known, Start, Start + Duration.FromDays(30), default).CountAsync();
    }

    private async Task<(int Code, string Error)> ImportAsync(int rows, int everyS, string map, string? option, string? value)
    {
        var (file, mapFile) = (Path.Combine(_directory, "log.csv"), Path.Combine(_directory, "log.json"));
        var lines = Enumerable.Range(0, rows).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{Start + Duration.FromSeconds(i * everyS)},{i % 300}"));
        await File.WriteAllLinesAsync(file, lines.Prepend("t,n"));
        await File.WriteAllTextAsync(mapFile, map);
        string[] named = option is null ? [] : [option, value!];
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ImportCommand.RunAsync(
            [
                file, "--map", mapFile, "--station", "moushan", "--server", $"{cloud.Http.BaseAddress}", "--ingest", $"{cloud.Ingest}",
                .. named,
            ],
            output, error);
        return (code, error.ToString());
    }
}
