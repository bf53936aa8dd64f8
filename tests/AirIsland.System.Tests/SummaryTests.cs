namespace AirIsland.SystemTests;

public sealed class SummaryTests
{
    [Fact]
    public async Task The_chain_loses_nothing_doubles_nothing_and_tells_the_truth()
    {
        using var data = new ScratchDirectory();

        var summary = await ChainSummary.RunAsync(data.Path, "--duration", "40s");

        ChainSummary.MustHold(summary);
        var samples = summary.GetProperty("samples");
        Assert.Equal(samples.GetProperty("served").GetInt64(), samples.GetProperty("measured").GetInt64());
        var leak = summary.GetProperty("leak");
        var truth = leak.GetProperty("truthM3PerMin").GetDouble();
        Assert.InRange(truth, 0.5, 2);
        Assert.InRange(leak.GetProperty("estimateM3PerMin").GetDouble(), truth * 0.9, truth * 1.1);
        Assert.Equal(0, summary.GetProperty("restarts").GetInt32());
    }

    [Fact]
    public async Task Killing_edge_and_cloud_under_load_loses_nothing_that_was_accepted()
    {
        using var data = new ScratchDirectory();

        var summary = await ChainSummary.RunAsync(
            data.Path, "--duration", "40s", "--kill", "edge:8s,cloud:14s,edge:20s,cloud:26s,edge:31s");

        ChainSummary.MustHold(summary);
        Assert.Equal(5, summary.GetProperty("restarts").GetInt32());
        // What a killed edge had not yet put on disk: at most one flush a kill.
        var samples = summary.GetProperty("samples");
        Assert.InRange(samples.GetProperty("served").GetInt64() - samples.GetProperty("measured").GetInt64(), 0, 3 * 500);
    }

    [LongFact]
    public async Task The_summary_holds_three_times_in_a_row_with_and_without_kills_and_through_twenty_kills()
    {
        using var data = new ScratchDirectory();
        var report = new LongReport("chain");
        for (var run = 0; run < 3; run++)
        {
            report.Add(await ChainSummary.RunAsync(data.Path, "--duration", "40s"), "--duration 40s");
            report.Add(
                await ChainSummary.RunAsync(data.Path, "--duration", "40s", "--kill", "edge:10s,cloud:20s"),
                "--duration 40s --kill edge:10s,cloud:20s");
        }
        var kills = string.Join(',', Enumerable.Range(1, 20).Select(n => $"{(n % 2 == 0 ? "cloud" : "edge")}:{n * 6}s"));
        report.Add(await ChainSummary.RunAsync(data.Path, "--duration", "130s", "--kill", kills), $"--duration 130s --kill {kills}");

        report.Write();
        Assert.All(report.Summaries, ChainSummary.MustHold);
    }

    [Theory]
    [InlineData("--kill", "edge:10s")]
    [InlineData("--summary", "json", "--kill", "broker:10s")]
    [InlineData("--summary", "xml")]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "NaN")]
    [InlineData("--duration", "1000000h")]
    [InlineData("--duration", "soon")]
    public async Task A_wrong_call_says_what_is_wrong_and_exits_with_2(params string[] arguments)
    {
        using var data = new ScratchDirectory();
        using var demo = DemoProcess.Start(["--data", data.Path, .. arguments]);

        Assert.Equal(2, await demo.EndAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("--", demo.All, StringComparison.Ordinal);
    }
}
