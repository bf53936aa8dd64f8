using System.Text.Json;
using System.Text.Json.Nodes;

namespace AirIsland.Simulators.Scenarios;

/// <summary>
/// The texts of the scenarios. A station with <c>"use": "demo"</c> or <c>"use": "moushan/shared"</c> begins as that station of another
/// scenario; what it says itself takes the place of what stands there, and what stands in its <c>"add"</c> is added to the lists.
/// </summary>
internal static class ScenarioText
{
    /// <summary>How far one station may begin as another that begins as another. Chosen: more is a circle.</summary>
    private const int MostUses = 8;

    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

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
    public static JsonObject Complete(Stream json) => Complete(json, Open);

    /// <param name="json">The text.</param>
    /// <param name="open">Opens the other scenario that it names.</param>
    /// <param name="uses">How many have named one another so far.</param>
    internal static JsonObject Complete(Stream json, Func<string, Stream> open, int uses = 0)
    {
        if (uses > MostUses) throw new FormatException($"more than {MostUses} stations begin as one another");
        var scenario = JsonNode.Parse(json, documentOptions: Options) as JsonObject ?? throw new JsonException("a JSON object is wanted");
        RefuseNothings(scenario);
        if (scenario["stations"] is not JsonArray stations) return scenario;
        for (var i = 0; i < stations.Count; i++)
        {
            if (stations[i] is not JsonObject station || station["use"] is not { } use) continue;
            var named = use.GetValueKind() == JsonValueKind.String ? use.GetValue<string>() : use.ToJsonString();
            stations[i] = Over(StationOf(named, open, uses), station);
        }
        return scenario;
    }

    /// <summary>A list may be short, but nothing in it is nothing.</summary>
    private static void RefuseNothings(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var one in list) RefuseNothings(one ?? throw new JsonException($"null in the list {list.GetPath()}"));
        }
        else if (node is JsonObject thing)
        {
            foreach (var (_, one) in thing) RefuseNothings(one);
        }
    }

    private static JsonObject StationOf(string use, Func<string, Stream> open, int uses)
    {
        var slash = use.IndexOf('/', StringComparison.Ordinal);
        using var stream = open(slash < 0 ? use : use[..slash]);
        var stations = Complete(stream, open, uses + 1)["stations"] as JsonArray ?? [];
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
        if (changes["add"] is not { } more) return station;
        foreach (var (name, value) in more as JsonObject ?? throw new JsonException("add is no object"))
        {
            if (station[name] is not JsonArray list) station[name] = list = [];
            foreach (var one in value as JsonArray ?? throw new JsonException($"add: {name} is no list")) list.Add(one?.DeepClone());
        }
        return station;
    }
}
