using System.Text.Json;

namespace AirIsland.SystemTests;

/// <summary>Runs the judged chain and holds its summary against what the product promises.</summary>
internal static class ChainSummary
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The last line of a run, after the exit code was 0.</summary>
    public static async Task<JsonElement> RunAsync(string data, params string[] arguments)
    {
        using var demo = DemoProcess.Start(["--data", data, "--speed", "60", "--summary", "json", .. arguments]);
        var exit = await demo.EndAsync(Patience);
        Assert.True(exit == 0, $"exit {exit}:\n{demo.All}");
        using var summary = JsonDocument.Parse(demo.Output[^1]);
        return summary.RootElement.Clone();
    }

    /// <summary>Nothing lost, nothing doubled, ratio within 1 % of the truth, every bill equal to its device.</summary>
    public static void MustHold(JsonElement summary)
    {
        var samples = summary.GetProperty("samples");
        Assert.Equal(0, samples.GetProperty("lost").GetInt64());
        Assert.Equal(0, samples.GetProperty("duplicated").GetInt64());
        Assert.True(samples.GetProperty("stored").GetInt64() > 10_000, $"too few samples to judge: {summary}");
        Assert.Equal(samples.GetProperty("measured").GetInt64(), samples.GetProperty("stored").GetInt64());

        var ratio = summary.GetProperty("ratio");
        var truth = ratio.GetProperty("truth").GetDouble();
        Assert.InRange(ratio.GetProperty("kWhPerM3").GetDouble(), truth * 0.99, truth * 1.01);
        Assert.Equal("Normal", ratio.GetProperty("referenceState").GetString());

        Assert.Equal(2, summary.GetProperty("companies").GetArrayLength());
        foreach (var company in summary.GetProperty("companies").EnumerateArray())
        {
            Assert.Equal(company.GetProperty("deviceRegisterM3").GetString(), company.GetProperty("billedM3").GetString());
            Assert.NotEqual("0", company.GetProperty("billedM3").GetString());
        }
    }
}
