using System.Text.Json;
using System.Text.Json.Nodes;

namespace AirIsland.Simulators.Scenarios;

/// <summary>
/// The texts of the scenarios. A station with <c>"use": "demo"</c> or <c>"use": "moushan/shared"</c> begins as that station of another
/// scenario; what it says itself takes the place of what stands there, and what stands in its <c>"add"</c> is added to the lists.
/// </summary>
internal static class ScenarioText
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip };

    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ScenarioText).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("scenarios/", StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n)).Order(StringComparer.Ordinal),
    ];

    /// <exception cref="FormatException">There is none of that name.</exception>
    public static Stream Open(string name) => typeof(ScenarioText).Assembly.GetManifestResourceStream($"scenarios/{name}.json")
        ?? throw new FormatException($"there is no scenario '{name}'; there are {string.Join(", ", Names)}");

    /// <exception cref="JsonException">It is no JSON object.</exception>
    /// <exception cref="FormatException">A station begins as one that is not there.</exception>
    public static JsonObject Complete(Stream json)
    {
        var scenario = JsonNode.Parse(json, documentOptions: Options) as JsonObject ?? throw new JsonException("a JSON object is wanted");
        if (scenario["stations"] is not JsonArray stations) return scenario;
        for (var i = 0; i < stations.Count; i++)
        {
            if (stations[i] is not JsonObject station || station["use"] is not { } use) continue;
            var named = use.GetValueKind() == JsonValueKind.String ? use.GetValue<string>() : use.ToJsonString();
            stations[i] = Over(StationOf(named), station);
        }
        return scenario;
    }

    private static JsonObject StationOf(string use)
    {
        var slash = use.IndexOf('/', StringComparison.Ordinal);
        using var stream = Open(slash < 0 ? use : use[..slash]);
        var stations = Complete(stream)["stations"] as JsonArray ?? [];
        var found = slash < 0
            ? stations.FirstOrDefault()
            : stations.FirstOrDefault(s => s?["name"]?.GetValue<string>() == use[(slash + 1)..]);
        return found?.DeepClone() as JsonObject ?? throw new FormatException($"there is no station '{use}'");
    }

    private static JsonObject Over(JsonObject station, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (name is "use" or "add") continue;
            station[name] = value?.DeepClone();
        }
        foreach (var (name, value) in changes["add"] as JsonObject ?? [])
        {
            if (station[name] is not JsonArray list) station[name] = list = [];
            foreach (var one in value as JsonArray ?? []) list.Add(one?.DeepClone());
        }
        return station;
    }
}
