using System.Text.Json;
using System.Text.Json.Nodes;

namespace AirIsland.SystemTests;

/// <summary>What a long run saw, written to <c>docs/reports/NAME.json</c> to be kept with the code.</summary>
internal sealed class LongReport(string name)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private readonly JsonArray _runs = [];
    private readonly List<JsonElement> _summaries = [];

    public IReadOnlyList<JsonElement> Summaries => _summaries;

    public void Add(JsonElement summary, string arguments)
    {
        _summaries.Add(summary);
        _runs.Add(new JsonObject
        {
            ["arguments"] = $"--speed 60 --summary json {arguments}",
            ["summary"] = JsonNode.Parse(summary.GetRawText()),
        });
    }

    public void Write() => Write(name, "runs", _runs);

    /// <summary>Writes what was found, under that word, with the day and the machine.</summary>
    public static void Write(string name, string word, JsonNode found)
    {
        var report = new JsonObject
        {
            ["report"] = name,
            ["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", null),
            ["cores"] = Environment.ProcessorCount,
            ["runtime"] = Environment.Version.ToString(),
            [word] = found,
        };
        var directory = Directory.CreateDirectory(Path.Combine(Root(), "docs", "reports")).FullName;
        File.WriteAllText(Path.Combine(directory, $"{name}.json"), report.ToJsonString(Json) + "\n");
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "AirIsland.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("AirIsland.sln was not found above the tests");
    }
}
