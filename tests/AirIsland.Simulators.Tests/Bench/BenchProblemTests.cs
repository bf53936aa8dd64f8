using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AirIsland.Simulators.Tests.Bench;

/// <summary>What the bench says to wrong calls: always a problem document, never a harm to the plant.</summary>
public sealed class BenchProblemTests : IAsyncLifetime
{
    private const string Disturbance = "/devices/power/disturbances/x";
    private const string Fault = "/devices/power/meter/faults/x";

    private RunningBench? _bench;

    private RunningBench Bench => _bench ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => _bench = await RunningBench.StartAsync();

    public async Task DisposeAsync() => await Bench.DisposeAsync();

    [Theory]
    [InlineData("GET", "/nix", null, 404, "")]
    [InlineData("POST", "/devices", "{}", 405, "")]
    [InlineData("GET", "/devices/nix", null, 404, "there is no device 'nix'")]
    [InlineData("GET", "/devices/nix/points", null, 404, "there is no device 'nix'")]
    [InlineData("DELETE", Disturbance, null, 404, "no disturbance 'x' is on")]
    [InlineData("DELETE", Fault, null, 404, "no fault 'x' is on")]
    [InlineData("PUT", "/devices/nix/disturbances/x", """{ "kind": "silence" }""", 404, "there is no device 'nix'")]
    [InlineData("PUT", "/devices/power/disturbances/x%20y", """{ "kind": "silence" }""", 400, "a name is")]
    [InlineData("PUT", Disturbance, "", 400, "")]
    [InlineData("PUT", Disturbance, "null", 400, "null")]
    [InlineData("PUT", Disturbance, "[1", 400, "")]
    [InlineData("PUT", Disturbance, "{}", 400, "kind")]
    [InlineData("PUT", Disturbance, """{ "kind": "nix" }""", 400, "kind")]
    [InlineData("PUT", Disturbance, """{ "kind": "latency", "delai": "00:00:01" }""", 400, "delai")]
    [InlineData("PUT", Disturbance, """{ "kind": "latency", "delay": "soon" }""", 400, "delay")]
    [InlineData("PUT", Disturbance, """{ "kind": "latency", "delay": "2.00:00:00" }""", 400, "a delay is")]
    [InlineData("PUT", Disturbance, """{ "kind": "silence", "probability": 1.5 }""", 400, "a probability is")]
    [InlineData("PUT", Disturbance, """{ "kind": "refusal", "code": 256 }""", 400, "an exception code is")]
    [InlineData("PUT", Disturbance, """{ "kind": "refusal", "firstRegister": 70000 }""", 400, "firstRegister")]
    [InlineData("PUT", Disturbance, """{ "kind": "refusal", "firstRegister": 9, "lastRegister": 8 }""", 400, "the first register")]
    [InlineData("PUT", Disturbance, """{ "kind": "malformed" }""", 400, "does not go with this device")]
    [InlineData("PUT", Fault, "{}", 400, "kind")]
    [InlineData("PUT", Fault, """{ "kind": "nix" }""", 400, "")]
    [InlineData("PUT", Fault, """{ "kind": "late" }""", 400, "seconds")]
    [InlineData("PUT", Fault, """{ "kind": "late", "seconds": 1e300 }""", 400, "seconds is from 0 to 86400")]
    [InlineData("PUT", Fault, """{ "kind": "duplicating", "times": 2000000000 }""", 400, "times is")]
    [InlineData("PUT", Fault, """{ "kind": "clockWrong", "offsetSeconds": 1e12 }""", 400, "offsetSeconds is")]
    [InlineData("PUT", Fault, """{ "kind": "registerJump", "by": 1e20 }""", 400, "by is")]
    [InlineData("PUT", Fault, """{ "kind": "registerJump", "by": 1e40 }""", 400, "by")]
    [InlineData("PUT", Fault, """{ "kind": "stuck", "point": "nix" }""", 400, "no point 'nix'")]
    [InlineData("PUT", Fault, """{ "kind": "phaseMissing", "phase": 9 }""", 400, "phase is")]
    [InlineData("PUT", Fault, """{ "kind": "swapped", "with": "nix" }""", 400, "no meter 'nix'")]
    [InlineData("PUT", Fault, """{ "kind": "swapped", "with": "power" }""", 400, "with itself")]
    [InlineData("PUT", Fault, """{ "kind": "swapped", "with": "speaker" }""", 400, "differ in points")]
    [InlineData("PUT", Fault, """{ "kind": "swapped", "with": null }""", 400, "with")]
    public async Task A_wrong_call_is_told_what_is_wrong(string method, string path, string? body, int status, string detail)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : RunningBench.Json(body) };

        await IsProblemAsync(request, status, detail);

        await Bench.Simulators.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(60m, Bench.Simulators.Bench.Register("power", "electrical/Power"));
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_by_its_own_account_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Disturbance) { Content = new StringContent("{}") };

        await IsProblemAsync(request, 415, "application/json");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Disturbance)
        {
            Content = RunningBench.Json($$"""{ "kind": "{{new string('x', 20_000)}}" }"""),
        };

        await IsProblemAsync(request, 413, "");
    }

    [Fact]
    public async Task A_page_from_elsewhere_does_not_find_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/devices") { Headers = { Host = "example.org" } };

        await IsProblemAsync(request, 404, "");
    }

    [Fact]
    public async Task More_than_anybody_needs_is_refused()
    {
        const string harmless = """{ "kind": "noiseBurst", "shareOfFullScale": 0 }""";
        for (var i = 0; i < 32; i++) await Bench.PutAsync($"/devices/power/disturbances/{i}", """{ "kind": "refusal" }""");
        for (var i = 0; i < 16; i++) await Bench.PutAsync($"/devices/power/meter/faults/{i}", harmless);

        await IsProblemAsync(Put(Disturbance, """{ "kind": "reset" }"""), 400, "more than 32");
        await IsProblemAsync(Put(Fault, """{ "kind": "silent" }"""), 409, "more than 16");
        // Another one in the place of one that is on is none more.
        await Bench.PutAsync("/devices/power/disturbances/0", """{ "kind": "reset" }""");

        static HttpRequestMessage Put(string path, string json) => new(HttpMethod.Put, path) { Content = RunningBench.Json(json) };
    }

    [Theory]
    [InlineData("""{ "kind": "stuck", "value": 1e9 }""")]
    [InlineData("""{ "kind": "stuck", "value": -1e9 }""")]
    [InlineData("""{ "kind": "tampered", "gain": 10 }""")]
    [InlineData("""{ "kind": "transformerRatioWrong", "factor": 1000 }""")]
    [InlineData("""{ "kind": "noiseBurst", "shareOfFullScale": 10 }""")]
    [InlineData("""{ "kind": "registerJump", "by": 1e12 }""")]
    [InlineData("""{ "kind": "registerJump", "by": -1e12 }""")]
    [InlineData("""{ "kind": "exchanged", "serial": "n", "register": 1e12, "gain": 10 }""")]
    [InlineData("""{ "kind": "clockWrong", "offsetSeconds": -3e8, "driftSecondsPerDay": 86400 }""")]
    [InlineData("""{ "kind": "countsBackwards" }""")]
    public async Task The_most_that_may_be_asked_is_borne_by_the_plant_and_the_wire(string fault)
    {
        var client = await Bench.ClientAsync("power");
        foreach (var id in (string[])["power", "speaker"]) await Bench.PutAsync($"/devices/{id}/meter/faults/x", fault);

        await Bench.Simulators.PassAsync(TimeSpan.FromSeconds(90));
        await RunningBench.VoltagesAsync(client);
        await client.ReadAsync(Fieldbus.Profiles.RegisterTable.Holding, 1, 0x000A, 2, default);

        await Bench.GetAsync("/devices/power/points");
        await Bench.GetAsync("/devices/power/meter");
    }

    private async Task IsProblemAsync(HttpRequestMessage request, int status, string detail)
    {
        using var answer = await Bench.Http.SendAsync(request);
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        if (detail.Length > 0) Assert.Contains(detail, problem.GetProperty("detail").GetString());
    }
}
