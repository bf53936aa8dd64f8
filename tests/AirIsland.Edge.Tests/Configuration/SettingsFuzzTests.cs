using System.Text;
using System.Text.Json.Nodes;
using AirIsland.Edge.Configuration;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Uplink;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AirIsland.Edge.Tests.Configuration;

/// <summary>Whatever somebody makes of a settings file, it is sound or there is a line for what is wrong with it.</summary>
public sealed class SettingsFuzzTests
{
    private const int Cases = 400;

    private static readonly string?[] Others =
        ["null", "7", "-1", "1e300", "true", "\"\"", "\" \"", "\"x:y\"", "[]", "[null]", "[[]]", "{}", "{\"x\":1}"];

    public static TheoryData<string> Samples =>
    [
        "edge.json", "station/island.yaml", "samples/Modbus.json", "samples/Dlt645.json", "samples/Mqtt.json", "samples/Sparkplug.json",
        "samples/Uplink.json",
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_damaged_settings_file_is_sound_or_has_a_line_for_each_mistake(string sample)
    {
        var whole = Load(sample);
        var random = new Random(20261123);
        var refused = 0;
        for (var i = 0; i < Cases; i++)
        {
            var damaged = JsonNode.Parse(whole)!;
            for (var times = random.Next(1, 4); times > 0; times--) Damage(damaged, random);
            refused += Check(damaged.ToJsonString());
        }
        Assert.InRange(refused, Cases / 4, Cases);
    }

    [Theory]
    [InlineData("""{ "Edge": { "Devices": [ null ] } }""", "Edge:Devices:0 is empty, an entry is wanted")]
    [InlineData("""{ "Edge": { "Endpoints": [ null ] } }""", "Edge:Endpoints:0 is empty, an entry is wanted")]
    [InlineData("""{ "Edge": null }""", "Edge:Id ''")]
    public void What_is_left_empty_is_named(string text, string mistake) =>
        Assert.Contains(Mistakes(text), m => m.StartsWith(mistake, StringComparison.Ordinal));

    /// <summary>What the verb <c>check</c> does with a file.</summary>
    private static int Check(string text)
    {
        try
        {
            var mistakes = Mistakes(text);
            Assert.All(mistakes, m => Assert.False(string.IsNullOrWhiteSpace(m) || m.Contains('\n', StringComparison.Ordinal), m));
            return mistakes.Count > 0 ? 1 : 0;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{text}\n{e}");
            throw;
        }
    }

    private static List<string> Mistakes(string text)
    {
        try
        {
            var settings = SiteSettings.Read("site.json", Encoding.UTF8.GetBytes(text), []);
            var (options, tags) = (settings.Options, settings.Bind(new TagRegistry()));
            Assert.NotEmpty(tags.ToCatalogue(new(options.Id, options.Station, SiteIdentity.Addresses(options.Cloud))).Id);
            return [.. options.Uplink.Tls.FileMistakes("Edge:Uplink:Tls", options.Id)];
        }
        catch (OptionsValidationException e)
        {
            var mistakes = e.Failures.ToList();
            Assert.NotEmpty(mistakes);
            return mistakes;
        }
    }

    private static string Load(string sample)
    {
        var path = Path.Combine(AppContext.BaseDirectory, sample);
        if (!SettingsFile.IsYaml(path)) return File.ReadAllText(path);
        var configuration = new ConfigurationBuilder();
        SettingsFile.Add(configuration, path, SettingsFile.Read(path));
        return new JsonObject { ["Edge"] = Node(configuration.Build().GetSection("Edge")) }.ToJsonString();
    }

    private static JsonNode? Node(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0) return section.Value;
        return children.TrueForAll(c => int.TryParse(c.Key, out _))
            ? new JsonArray([.. children.Select(Node)])
            : new JsonObject(children.Select(c => KeyValuePair.Create(c.Key, Node(c))));
    }

    /// <summary>Takes one place of the file away, or puts something else there.</summary>
    private static void Damage(JsonNode root, Random random)
    {
        var places = Places(root).ToList();
        if (places.Count == 0) return;
        var (parent, key) = places[random.Next(places.Count)];
        var other = random.Next(Others.Length + 1) is var n && n < Others.Length ? JsonNode.Parse(Others[n]!) : null;
        if (parent is JsonArray array)
        {
            if (n == Others.Length) array.RemoveAt((int)key);
            else array[(int)key] = other;
        }
        else if (parent is JsonObject @object)
        {
            if (n == Others.Length) @object.Remove((string)key);
            else @object[(string)key] = other;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject o => o.ToList().SelectMany(p => Places(p.Value).Prepend((o, p.Key))),
        JsonArray a => Enumerable.Range(0, a.Count).SelectMany(i => Places(a[i]).Prepend((a, (object)i))),
        _ => [],
    };
}
