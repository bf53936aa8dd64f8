using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace AirIsland.Architecture.Tests.Compose;

/// <summary>docker-compose.yml as far as the rules ask: services, and what they publish, mount, set and wait for; merged.</summary>
internal sealed class ComposeFile
{
    private readonly Dictionary<object, object?> _root;

    private ComposeFile(Dictionary<object, object?> root) => _root = root;

    public IReadOnlyList<string> Services => [.. Map(_root, "services").Keys.Select(k => $"{k}")];

    public IReadOnlyList<string> Volumes => [.. Map(_root, "volumes").Keys.Select(k => $"{k}")];

    public static ComposeFile Parse(string yaml)
    {
        var parser = new MergingParser(new Parser(new StringReader(yaml)));
        return new(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(parser));
    }

    public string? Text(string service, string key) => Service(service).GetValueOrDefault(key) as string;

    public IReadOnlyList<string> List(string service, string key) => Service(service).GetValueOrDefault(key) switch
    {
        List<object> list => [.. list.Select(i => $"{i}")],
        Dictionary<object, object?> map => [.. map.Keys.Select(k => $"{k}")],
        _ => [],
    };

    public IReadOnlyDictionary<string, string> Environment(string service) =>
        Map(Service(service), "environment").ToDictionary(e => $"{e.Key}", e => $"{e.Value}");

    /// <summary>The address that is written down for a service in a network; null for none.</summary>
    public string? Address(string service, string network) =>
        Map(Map(Service(service), "networks"), network).GetValueOrDefault("ipv4_address") as string;

    public IReadOnlyList<string> HealthTest(string service) =>
        Map(Service(service), "healthcheck").GetValueOrDefault("test") is List<object> words ? [.. words.Select(w => $"{w}")] : [];

    /// <summary>The stage of our Dockerfile that a service is built of; null for an image of others.</summary>
    public string? Target(string service) => Map(Service(service), "build").GetValueOrDefault("target") as string;

    private Dictionary<object, object?> Service(string name) => Map(Map(_root, "services"), name);

    private static Dictionary<object, object?> Map(Dictionary<object, object?> map, string key) =>
        map.GetValueOrDefault(key) as Dictionary<object, object?> ?? [];
}
