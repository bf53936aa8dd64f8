using System.Text.Json;

namespace AirIsland.Edge.Tests.Configuration;

public sealed class CheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_sound_file_is_said_to_be_sound_and_what_it_is_about()
    {
        using var check = EdgeProcess.Start("check", Path.Combine(AppContext.BaseDirectory, "edge.json"), "--json");

        Assert.Equal(0, await check.EndAsync());

        var answer = JsonDocument.Parse(Assert.Single(check.Output)).RootElement;
        Assert.True(answer.GetProperty("sound").GetBoolean());
        Assert.Equal(10, answer.GetProperty("site").GetProperty("devices").GetInt32());
    }

    [Fact]
    public async Task Every_mistake_is_reported_at_once_whatever_its_kind()
    {
        var file = Write("site.json", """
            { "Edge": { "Id": "Edge One", "Station": "site", "Clouds": "http://127.0.0.1:1",
              "Modbus": { "Timeout": "soon" }, "Outbox": { "Queue": 0 },
              "Endpoints": [ { "Id": "bus", "Address": "serial:/dev/ttyS1", "Framing": "Tcp" } ],
              "Devices": [
                { "Id": "flow", "Asset": "lifode", "Profile": "suto-s401", "Endpoint": "no-such-bus", "Unit": 1 },
                { "Id": "flow", "Asset": "songyuan", "Profile": "no-such-profile", "Endpoint": "bus" } ] } }
            """);
        using var check = EdgeProcess.Start("check", file);

        Assert.Equal(1, await check.EndAsync());

        string[] expected =
        [
            "Edge:Id 'Edge One'", "Edge:Clouds is no known setting", "Edge:Modbus:Timeout 'soon' cannot be read", "Edge:Outbox:Queue 0",
            "Edge:Endpoints:0:Framing", "Edge:Devices:0:Endpoint 'no-such-bus'", "id 'flow' is given twice",
            "profile 'no-such-profile' is not in",
        ];
        Assert.All(expected, e => Assert.Contains(check.Errors, l => l.Contains(e, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, check.Errors.Count);
    }

    [Fact]
    public async Task What_would_change_is_said_and_nothing_is_changed()
    {
        var old = Write("old.json", Site("""{ "Id": "a", "Asset": "a", "Profile": "suto-s401", "Endpoint": "127.0.0.1:1" }""",
            """{ "Id": "b", "Asset": "b", "Profile": "suto-s401", "Endpoint": "127.0.0.1:1" }"""));
        var next = Write("next.json", Site("""{ "Id": "b", "Asset": "b", "Profile": "suto-s401", "Endpoint": "127.0.0.1:1", "Unit": 2 }""",
            """{ "Id": "c", "Asset": "c", "Profile": "suto-s401", "Endpoint": "127.0.0.1:1" }""", cloud: "http://127.0.0.1:2"));
        using var check = EdgeProcess.Start("check", next, "--against", old);

        Assert.Equal(0, await check.EndAsync());

        Assert.Contains("would change: begin: c; end: a; differ: b; go on: 0; need a restart: Edge:Cloud", check.Output);
        Assert.Equal(["next.json", "old.json"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    // edgexfoundry/device-modbus-go#23, telegraf PR#9279: unit 255 was refused, 0 and 255 are meant differently.
    [Fact]
    public async Task Every_unit_is_allowed_and_those_that_are_mostly_not_meant_are_hinted_at()
    {
        var file = Write("site.json", Site(
            """{ "Id": "a", "Asset": "a", "Profile": "suto-s401", "Endpoint": "127.0.0.1:1", "Unit": 255 }""",
            """{ "Id": "b", "Asset": "b", "Profile": "suto-s401", "Endpoint": "127.0.0.1:2", "Unit": 0 }"""));
        using var check = EdgeProcess.Start("check", file);

        Assert.Equal(0, await check.EndAsync());

        Assert.Equal(2, check.Output.Count(l => l.StartsWith("hint: ", StringComparison.Ordinal)));
        Assert.Contains(check.Output, l => l.Contains("Unit 255 of a: 255 means the Modbus TCP device itself", StringComparison.Ordinal));
        Assert.Contains(check.Output, l => l.Contains("Unit 0 of b: on a bus 0 is a broadcast", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("chek")]
    [InlineData("check")]
    [InlineData("check", "a.json", "--no-such-option")]
    public async Task A_wrong_call_is_code_2(params string[] call)
    {
        using var check = EdgeProcess.Start(call);

        Assert.Equal(2, await check.EndAsync());
        Assert.NotEmpty(check.Errors);
    }

    // What the verb prints is what lies in docs/ for editors; ./AirIsland.Edge schema > docs/edge.schema.json brings it up to date.
    [Fact]
    public async Task The_published_schema_is_that_of_the_code()
    {
        using var schema = EdgeProcess.Start("schema");
        Assert.Equal(0, await schema.EndAsync());

        var published = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "schema", "edge.schema.json"));

        Assert.Equal(published.TrimEnd(), string.Join('\n', schema.Output));
        Assert.DoesNotContain("$ref", published, StringComparison.Ordinal);
        Assert.Contains("Some gateways need 25 ms", published, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Site(string first, string second, string cloud = "http://127.0.0.1:1") =>
        $$"""{ "Edge": { "Id": "edge-1", "Station": "site", "Cloud": "{{cloud}}", "Devices": [ {{first}}, {{second}} ] } }""";

    private string Write(string name, string text)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }
}
