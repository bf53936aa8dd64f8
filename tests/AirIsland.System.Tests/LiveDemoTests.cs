using System.Net;
using System.Text.Json;

namespace AirIsland.SystemTests;

public sealed class LiveDemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("Ctrl-C")]
    [InlineData("kill -9")]
    public async Task A_second_start_goes_on_with_the_same_data_and_no_register_runs_backwards(string end)
    {
        using var data = new ScratchDirectory();
        var first = await RunUntilReadsAsync(data.Path, after: null, end);
        var second = await RunUntilReadsAsync(data.Path, after: first, "Ctrl-C");

        Assert.True(second > first, $"{second} is after {first}");
    }

    [Fact]
    public async Task A_second_demo_on_the_same_data_says_so_in_one_line_and_disturbs_nobody()
    {
        using var data = new ScratchDirectory();
        using var first = DemoProcess.Start("--data", data.Path, "--free-ports");
        using var http = Http(await first.UrlAsync(Patience));

        using var second = DemoProcess.Start("--data", data.Path, "--free-ports");
        Assert.Equal(1, await second.EndAsync(Patience));

        var line = Assert.Single(second.All.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("outbox.lock", line, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz")).StatusCode);
        await first.InterruptAsync();
        Assert.Equal(0, await first.EndAsync(Patience));
    }

    [Fact]
    public async Task The_pages_and_the_documents_answer()
    {
        using var data = new ScratchDirectory();
        using var demo = DemoProcess.Start("--data", data.Path, "--free-ports");
        using var http = Http(await demo.UrlAsync(Patience));

        foreach (var path in (string[])["/", "/healthz", "/metrics", "/openapi/v1.json", "/api/v1/stations", "/companies/lifode/bill"])
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/companies/nobody/bill")).StatusCode);
        await demo.InterruptAsync();
        Assert.Equal(0, await demo.EndAsync(Patience));
    }

    /// <summary>
    /// Starts the demo, waits for register reads (newer than <paramref name="after"/>) in a billable period, ends it with Ctrl-C.
    /// </summary>
    private static async Task<DateTimeOffset> RunUntilReadsAsync(string data, DateTimeOffset? after, string end)
    {
        using var demo = DemoProcess.Start("--data", data, "--speed", "60", "--free-ports");
        using var http = Http(await demo.UrlAsync(Patience));
        var from = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var uncovered = await GetAsync(http, $"/api/v1/companies/lifode/bill?{Wide()}");
            Assert.NotEqual("RegisterBroken", uncovered.RootElement.GetProperty("reason").GetString());
            var (first, last) = (Read(uncovered, "firstRead"), Read(uncovered, "lastRead"));
            if (first is not null && last > first && (after is null || last > after))
            {
                using var bill = await GetAsync(http, $"/api/v1/companies/lifode/bill?from={Text(first)}&to={Text(last)}");
                Assert.True(bill.RootElement.TryGetProperty("amountCny", out _), bill.RootElement.ToString());
                if (end == "kill -9")
                {
                    demo.Kill();
                    return last.Value;
                }
                await demo.InterruptAsync();
                Assert.Equal(0, await demo.EndAsync(Patience));
                return last.Value;
            }
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Patience, $"no reads came:\n{demo.All}");
            await Task.Delay(200);
        }
    }

    private static async Task<JsonDocument> GetAsync(HttpClient http, string path) =>
        JsonDocument.Parse(await (await http.GetAsync(path)).Content.ReadAsStringAsync());

    private static DateTimeOffset? Read(JsonDocument problem, string name) =>
        problem.RootElement.GetProperty(name).GetString() is { } text ? DateTimeOffset.Parse(text, null) : null;

    private static string Text(DateTimeOffset? at) => WebUtility.UrlEncode($"{at:yyyy-MM-ddTHH:mm:ss.fffzzz}");

    /// <summary>A period that no register covers, so that the answer names the reads there are.</summary>
    private static string Wide()
    {
        var now = TimeProvider.System.GetUtcNow();
        return $"from={now.AddDays(-100):yyyy-MM-dd}&to={now.AddDays(100):yyyy-MM-dd}";
    }

    private static HttpClient Http(Uri web) => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = web };
}
