using System.Text.Json;
using AirIsland.Cloud.Tests.Servers;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using AirIsland.Storage.Telemetry.InfluxDb;
using Microsoft.Extensions.Logging.Abstractions;
using WireTag = AirIsland.Proto.Telemetry.V1.Tag;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>Every question of the dashboard, asked of a real influxdb that holds what the edge of the demo station would send.</summary>
[NeedsProgram("influxd")]
public sealed class InfluxDashboardTests(InfluxServer server) : IClassFixture<InfluxServer>
{
    private static readonly string Root = FindRoot();

    [ContractFact]
    public async Task Every_panel_gets_rows_of_the_demo_station()
    {
        var database = server.NewDatabase();
        await FillAsync(database);
        var asked = 0;
        foreach (var target in Targets())
        {
            if (!target.TryGetProperty("query", out var query)) continue;
            var answer = await server.AskAsync(database, Filled(query.GetString()!));
            using var json = JsonDocument.Parse(answer);
            var result = json.RootElement.GetProperty("results")[0];
            Assert.True(result.TryGetProperty("series", out var series), $"{query}\n{answer}");
            Assert.Contains(series.EnumerateArray().SelectMany(s => s.GetProperty("values").EnumerateArray()),
                row => row[1].ValueKind == JsonValueKind.Number);
            asked++;
        }
        Assert.True(asked >= 9, $"{asked} questions");
        using var dashboard = Dashboard();
        var stations = dashboard.RootElement.GetProperty("templating").GetProperty("list")[1].GetProperty("query").GetString()!;
        Assert.Contains("moushan", await server.AskAsync(database, stations), StringComparison.Ordinal);
        // Seven minutes of 130 kW over 26 m³/min, which is what a person reads in the panel as 0.0833 kWh/m³.
        var power = await server.AskAsync(database, Filled(Query("Air-to-power", "A")));
        var flow = await server.AskAsync(database, Filled(Query("Air-to-power", "B")));
        Assert.Equal(130 / (60.0 * 26), First(power) / (60 * First(flow)), 3);
    }

    [Fact]
    public void What_a_panel_computes_is_of_its_own_questions_and_its_names_are_whole()
    {
        using var dashboard = Dashboard();
        Assert.True(dashboard.RootElement.GetProperty("schemaVersion").GetInt32() >= 39);
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            var targets = panel.GetProperty("targets").EnumerateArray().ToList();
            var names = targets.Select(t => t.GetProperty("refId").GetString()).ToHashSet();
            Assert.Equal(targets.Count, names.Count);
            foreach (var target in targets)
            {
                if (!target.TryGetProperty("expression", out var expression)) continue;
                var used = expression.GetString()!.Split(' ', '(', ')').Where(w => w.StartsWith('$'));
                Assert.All(used, w => Assert.Contains(w[1..], names));
            }
        }
        Assert.Equal(
            dashboard.RootElement.GetProperty("panels").GetArrayLength(),
            dashboard.RootElement.GetProperty("panels").EnumerateArray().Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
    }

    private static IEnumerable<JsonElement> Targets()
    {
        using var dashboard = Dashboard();
        var panels = dashboard.RootElement.Clone().GetProperty("panels").EnumerateArray();
        return [.. panels.SelectMany(p => p.GetProperty("targets").EnumerateArray())];
    }

    private static string Query(string title, string refId)
    {
        using var dashboard = Dashboard();
        return dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Single(p => p.GetProperty("title").GetString()!.StartsWith(title, StringComparison.Ordinal))
            .GetProperty("targets").EnumerateArray()
            .Single(t => t.GetProperty("refId").GetString() == refId).GetProperty("query").GetString()!;
    }

    private static double First(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0][1].GetDouble();
    }

    private static string Filled(string query) => query
        .Replace("$timeFilter", $"time >= {Batches.NoonMs}ms AND time < {Batches.NoonMs + 420_000}ms", StringComparison.Ordinal)
        .Replace("$__interval", "60s", StringComparison.Ordinal).Replace("$station", "moushan", StringComparison.Ordinal);

    private static JsonDocument Dashboard() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "docs", "grafana", "station.json")));

    /// <summary>Seven minutes of every level of the demo's edge, a sample in ten seconds; the dew-point meter fails once.</summary>
    private async Task FillAsync(string database)
    {
        var directory = Directory.CreateTempSubdirectory("airisland-dashboard-").FullName;
        await using (var store = new InfluxDbTelemetryStore(
            new EmbeddedTelemetryStore(new EmbeddedOptions { Directory = directory }, NullLogger<EmbeddedTelemetryStore>.Instance),
            new InfluxDbOptions { Url = server.Url, Database = database }, NullLogger<InfluxDbTelemetryStore>.Instance))
        {
            var catalogue = TagCatalogue.Of(Demo());
            await store.KeepAsync(catalogue, default);
            var builder = new BlockBuilder();
            for (var second = 0; second < 420; second += 10)
            {
                foreach (var (number, tag) in catalogue.Tags.Index())
                {
                    var isLost = tag.Id.Quantity == "PressureDewPoint" && second == 200;
                    builder.Add(
                        "g", Batches.NoonMs + (second * 1000L), (uint)number, isLost ? null : (long)(Value(tag.Id.Value) / tag.Resolution),
                        isLost ? Quality.Bad(QualityReason.Communication).Code : (byte)0);
                }
            }
            var batch = new ReceivedBatch(
                new(catalogue.Edge, 1, BatchLane.Live, 1), catalogue.Station, catalogue.Key, BatchContent.Levels, builder.Encode(),
                Batches.Noon + NodaTime.Duration.FromMinutes(8));
            Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(batch, default)).Status);
        }
        Directory.Delete(directory, recursive: true);
    }

    private static decimal Value(string tag) => tag switch
    {
        "moushan/station/electrical/Power" => 130,
        "moushan/lifode/VolumeFlowRate" => 11,
        "moushan/songyuan/VolumeFlowRate" => 15,
        _ => 7,
    };

    /// <summary>The levels and states of edge.json by its device profiles: both are data, and both ship.</summary>
    private static Catalogue Demo()
    {
        var lenient = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var folder = Path.Combine(Root, "edge", "AirIsland.Edge");
        using var edge = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "edge.json")), lenient);
        var catalogue = new Catalogue { Edge = "edge-moushan", Station = "moushan" };
        foreach (var device in edge.RootElement.GetProperty("Edge").GetProperty("Devices").EnumerateArray())
        {
            var path = Path.Combine(folder, "profiles", $"{device.GetProperty("Profile").GetString()}.json");
            using var profile = JsonDocument.Parse(File.ReadAllText(path), lenient);
            foreach (var point in profile.RootElement.GetProperty("points").EnumerateArray())
            {
                if (point.GetProperty("kind").GetString() == "register") continue;
                catalogue.Tags.Add(new WireTag
                {
                    Id = $"moushan/{device.GetProperty("Asset").GetString()}/{point.GetProperty("name").GetString()}",
                    Kind = point.GetProperty("kind").GetString() == "state" ? Kind.State : Kind.Level,
                    Medium = point.GetProperty("medium").GetString(),
                    Unit = point.GetProperty("unit").GetString(),
                    Resolution = point.GetProperty("resolution").GetString(),
                    ReferenceState = point.TryGetProperty("state", out var state) ? state.GetString() : "",
                });
            }
        }
        return catalogue;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AirIsland.sln"))) folder = folder.Parent;
        return folder!.FullName;
    }
}
