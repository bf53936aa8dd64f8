using System.Globalization;

namespace AirIsland.Cloud.Tests.Ingest;

/// <summary>
/// A cloud whose limits are soon reached. Its tests read /metrics, and clouds of one process share their counters: they run when no other
/// is up.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StrictHost : CloudHost, ICollectionFixture<StrictHost>
{
    public const string Name = "strict cloud";
    public const int Streams = 12;
    public const int NewCatalogues = 4;

    protected override IEnumerable<string> Settings =>
    [
        $"--Cloud:Limits:Streams={Streams}", $"--Cloud:Limits:NewCatalogues={NewCatalogues}", "--Cloud:Limits:Hello=00:00:01",
        "--Cloud:Limits:Silence=00:00:04", "--Cloud:Limits:Unread=00:00:01",
    ];

    /// <summary>A counter of /metrics; 0 when it is not there yet.</summary>
    public async Task<double> CountedAsync(string name, string label = "") =>
        (await Http.GetStringAsync("/metrics")).Split('\n')
            .Where(l => l.StartsWith(name, StringComparison.Ordinal) && l.Contains(label, StringComparison.Ordinal))
            .Sum(l => double.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture));

    /// <summary>Waits until a counter is at least so far; what is scraped is a moment old.</summary>
    public async Task ReachesAsync(double wanted, string name, string label = "")
    {
        for (var attempt = 0; attempt < 100 && await CountedAsync(name, label) < wanted; attempt++) await Task.Delay(100);
        var lines = (await Http.GetStringAsync("/metrics")).Split('\n').Where(l => l.StartsWith(name, StringComparison.Ordinal));
        Assert.True(await CountedAsync(name, label) >= wanted, $"{label} did not reach {wanted}: {string.Join(", ", lines)}");
    }
}
