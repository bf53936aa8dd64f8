using System.Net;
using System.Text.Json;
using AirIsland.Cloud.Access;
using AirIsland.Cloud.Tests.Ingest;
using AirIsland.Domain.Metering;
using AirIsland.Proto.Telemetry.V1;

namespace AirIsland.Cloud.Tests.Api;

public sealed class ApiTests(CloudHost host) : IClassFixture<CloudHost>
{
    private const string Day = "from=2026-11-22T12:00:00%2B08:00&to=2026-11-22T13:00:00%2B08:00";

    private const string Before = "from=2026-11-22T10:00:00%2B08:00&to=2026-11-22T11:00:00%2B08:00";

    [Fact]
    public async Task A_bill_is_the_difference_of_the_stored_register()
    {
        await FeedAsync("edge-bill", TagKind.Register, (0, 1_000_000), (3600, 1_001_234));

        var (status, bill) = await GetAsync($"/api/v1/companies/lifode/bill?{Day}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("1234", "129.57", "Standard20"), (Text(bill, "volumeM3"), Text(bill, "amountCny"), Text(bill, "contractState")));
        Assert.Equal("2026-11-22T12:00:00+08:00", Text(bill, "from"));
    }

    [Fact]
    public async Task The_twin_shows_the_latest_value()
    {
        await FeedAsync("edge-twin", TagKind.Level, (0, 20_500));

        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (_, twin) = await GetAsync("/api/v1/stations/moushan/twin");
            var value = twin.GetProperty("values").EnumerateArray()
                .FirstOrDefault(v => Text(v, "tag") == "moushan/lifode/VolumeFlowRate");
            if (value.ValueKind == JsonValueKind.Object)
            {
                Assert.Equal("20.500", Text(value, "value"));
                return;
            }
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(15), "the twin never showed the value");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task Series_are_served_as_samples_buckets_latest_and_registers()
    {
        await FeedAsync("edge-series", TagKind.Level, (-7200, 1000), (-6600, 3000), (-5400, 5000));
        await FeedAsync("edge-register", TagKind.Register, (7200, 7_000_000), (7800, 7_000_100));
        const string Flow = "tag=moushan/lifode/VolumeFlowRate";
        const string Station = "/api/v1/stations/moushan";

        var (_, samples) = await GetAsync($"{Station}/samples?{Flow}&{Before}&time=ms");
        Assert.Contains("[1795313400000,3.000]", samples.GetProperty("samples").EnumerateArray().Select(s => s.GetRawText()));
        var (_, buckets) = await GetAsync($"{Station}/buckets?{Flow}&{Before}&width=1800&method=hold&hold=1800");
        var first = buckets.GetProperty("series")[0].GetProperty("buckets")[0];
        // 1 for ten minutes, 3 for twenty.
        Assert.Equal((2.333, 1.0, 2), (
            Math.Round(first.GetProperty("mean").GetDouble(), 3), first.GetProperty("coverage").GetDouble(),
            first.GetProperty("samples").GetInt32()));
        var (_, latest) = await GetAsync($"{Station}/latest?{Flow}");
        Assert.Equal("m3/min", Text(latest.GetProperty("latest")[0], "unit"));
        var (_, registers) = await GetAsync($"{Station}/registers?tag=moushan/lifode/AccumulatedVolume&at=2026-11-22T14:05:00%2B08:00");
        Assert.Equal(
            ("7000050", "Uncertain/Substituted"),
            (Text(registers.GetProperty("registers")[0], "value"), Text(registers.GetProperty("registers")[0], "quality")));
        var (_, before) = await GetAsync(
            $"{Station}/registers?tag=moushan/lifode/AccumulatedVolume&at=2026-11-22T14:05:00%2B08:00&knownBy=2020-01-01");
        Assert.Equal(JsonValueKind.Null, before.GetProperty("registers")[0].GetProperty("value").ValueKind);
    }

    [Theory]
    [InlineData("samples?tag=moushan/nobody/VolumeFlowRate&" + Day, HttpStatusCode.NotFound)]
    [InlineData("samples?tag=moushan/lifode/VolumeFlowRate&from=x&to=y", HttpStatusCode.BadRequest)]
    [InlineData("buckets?tag=moushan/lifode/VolumeFlowRate&width=wide&" + Day, HttpStatusCode.BadRequest)]
    [InlineData("buckets?tag=moushan/lifode/VolumeFlowRate&width=0&" + Day, HttpStatusCode.BadRequest)]
    [InlineData("buckets?tag=moushan/lifode/VolumeFlowRate&tariff=noon&" + Day, HttpStatusCode.BadRequest)]
    [InlineData("buckets?tag=moushan/lifode/VolumeFlowRate&hold=-1&" + Day, HttpStatusCode.BadRequest)]
    [InlineData("buckets?tag=moushan/lifode/VolumeFlowRate&method=guess&" + Day, HttpStatusCode.BadRequest)]
    [InlineData("buckets?tag=moushan/lifode/AccumulatedVolume&" + Day, HttpStatusCode.BadRequest)]
    [InlineData("buckets?tag=moushan/lifode/VolumeFlowRate&width=1&from=2026-11-22&to=2026-11-23", HttpStatusCode.BadRequest)]
    [InlineData("registers?at=soon", HttpStatusCode.BadRequest)]
    public async Task A_question_for_a_series_that_cannot_be_answered_says_why(string path, HttpStatusCode expected)
    {
        await FeedAsync($"edge-{Guid.NewGuid():N}"[..20], TagKind.Level, (-9000, 1000));

        Assert.Equal(expected, (await GetAsync($"/api/v1/stations/moushan/{path}")).Status);
    }

    [Theory]
    [InlineData("/api/v1/stations/nowhere/twin")]
    [InlineData("/api/v1/stations/nowhere/tags")]
    [InlineData("/api/v1/stations/nowhere/leaks")]
    [InlineData($"/api/v1/stations/nowhere/ratio?{Day}")]
    [InlineData($"/api/v1/companies/nobody/bill?{Day}")]
    public async Task What_does_not_exist_is_a_404_with_a_problem_document(string path)
    {
        var (status, problem) = await GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("no ", Text(problem, "title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=yesterday&to=2026-11-22", "from")]
    [InlineData("from=2026-11-22", "to")]
    [InlineData("from=2026-11-22&to=2026-11-21", "to")]
    [InlineData("from=2026-11-22&to=2026-11-22", "to")]
    [InlineData("from=1900-01-01&to=2026-11-22", "from")]
    [InlineData("from=2026-11-01&to=9999-12-31T23:59:59", "to")]
    [InlineData("from=-9998-01-01&to=2026-11-22", "from")]
    [InlineData("from=2024-01-01&to=2026-11-22", "to")]
    public async Task A_malformed_period_is_a_400_that_names_the_field(string query, string field)
    {
        string[] paths = ["/api/v1/companies/lifode/bill", "/api/v1/stations/moushan/ratio", "/api/v1/stations/moushan/leaks"];
        foreach (var path in paths)
        {
            var (status, problem) = await GetAsync($"{path}?{query}");

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), $"{path} names {field}");
        }
    }

    [Fact]
    public async Task A_ratio_by_something_else_than_hour_or_day_is_a_400()
    {
        var (status, problem) = await GetAsync($"/api/v1/stations/moushan/ratio?{Day}&by=minute");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty("by", out _));
    }

    [Fact]
    public async Task An_uncovered_period_says_what_reads_there_are()
    {
        await FeedAsync("edge-uncovered", TagKind.Register, (0, 1_000_000), (3600, 1_001_234));

        var (status, problem) = await GetAsync("/api/v1/companies/lifode/bill?from=2026-06-01&to=2027-06-01");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("2026-11-22T12:00:00+08:00", Text(problem, "firstRead"));
    }

    [Fact]
    public async Task An_enterprise_sees_nothing_of_another()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/api/v1/companies/lifode/bill?{Day}", company: "songyuan")).Status);

        var (_, leaks) = await GetAsync("/api/v1/stations/moushan/leaks", company: "songyuan");
        Assert.Equal("songyuan", Text(Assert.Single(leaks.GetProperty("estimates").EnumerateArray()), "company"));

        var (_, twin) = await GetAsync("/api/v1/stations/moushan/twin", company: "songyuan");
        Assert.All(twin.GetProperty("values").EnumerateArray(), v => Assert.Matches("/(songyuan|header)/", Text(v, "tag")));
        var (_, ratio) = await GetAsync($"/api/v1/stations/moushan/ratio?{Day}", company: "songyuan");
        Assert.Equal(JsonValueKind.Null, ratio.GetProperty("total").GetProperty("volumeM3").ValueKind);
        var (_, stations) = await GetAsync("/api/v1/stations", company: "songyuan");
        Assert.DoesNotContain("lifode", stations.ToString(), StringComparison.Ordinal);
        var (_, tags) = await GetAsync("/api/v1/stations/moushan/tags", company: "songyuan");
        Assert.DoesNotContain("lifode", tags.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await GetAsync($"/api/v1/stations/moushan/samples?tag=moushan/lifode/VolumeFlowRate&{Day}", company: "songyuan")).Status);
    }

    [Fact]
    public async Task A_page_of_another_host_name_is_not_served()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stations");
        request.Headers.Host = "evil.example";

        Assert.Equal(HttpStatusCode.BadRequest, (await host.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_stranger_sees_no_station()
    {
        var (status, stations) = await GetAsync("/api/v1/stations", company: "stranger");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(stations.EnumerateArray());
    }

    [Fact]
    public async Task Health_and_metrics_answer()
    {
        await FeedAsync("edge-metrics", TagKind.Level, (0, 20_500));

        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/healthz")).StatusCode);
        Assert.Contains("airisland_ingest_readings", await host.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_names_every_path()
    {
        var (_, document) = await GetAsync("/openapi/v1.json");

        Assert.Equal(
            [
                "/api/v1/companies/{id}/bill", "/api/v1/stations", "/api/v1/stations/{id}/buckets", "/api/v1/stations/{id}/latest",
                "/api/v1/stations/{id}/leaks", "/api/v1/stations/{id}/ratio", "/api/v1/stations/{id}/registers",
                "/api/v1/stations/{id}/samples", "/api/v1/stations/{id}/tags", "/api/v1/stations/{id}/twin",
            ],
            document.GetProperty("paths").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    private async Task FeedAsync(string edge, TagKind kind, params (int Second, long Count)[] samples)
    {
        using var call = new EdgeCall(host, edge);
        await call.GreetAsync();
        var sequence = 0ul;
        foreach (var (second, count) in samples)
        {
            var ack = await call.SendBatchAsync(++sequence, call.Block(kind, second, count), batch =>
                batch.Content = kind == TagKind.Register ? Content.Registers : Content.Levels);
            Assert.Equal(Status.Stored, ack.Status);
        }
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path, string? company = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (company is not null) request.Headers.Add(LoopbackActor.CompanyHeader, company);
        using var answer = await host.Http.SendAsync(request);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, body.RootElement.Clone());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
