using Xunit.Abstractions;

namespace AirIsland.SystemTests;

/// <summary>Cloud processes of one cluster, one of them killed under load: nothing is lost or doubled, its stations move.</summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [PostgresFact]
    public async Task A_process_killed_or_stopped_under_load_loses_nothing_and_its_stations_go_on_elsewhere()
    {
        await using var run = new ClusterRun();
        await run.StartAsync(nodes: 3, running: 2);
        await run.StartEdgesAsync();

        // Two processes, one killed.
        var killed = await EndAsync(run, "kill -9, one of two", home => home.KillAsync());
        killed.Start();
        run.Nodes[2].Start();
        await killed.StartedAsync();
        await run.Nodes[2].StartedAsync();
        await Task.Delay(2000);
        // Three processes, one killed, then one stopped in order.
        await EndAsync(run, "kill -9, one of three", home => home.KillAsync());
        await EndAsync(run, "stopped, one of two", home => home.StopAsync());

        var count = await run.EndAsync();
        output.WriteLine($"{count}");
        Assert.True(count is { Lost: 0, Duplicated: 0, Stored: > 5000 }, $"{count}");
    }

    [Fact]
    public async Task A_cluster_on_the_embedded_store_is_refused_in_one_line()
    {
        using var cloud = DemoProcess.StartProgram("AirIsland.Cloud", "--Cloud:Cluster=park");

        Assert.Equal(2, await cloud.EndAsync(Patience));
        Assert.Equal("Cloud:Cluster 'park' needs Cloud:Store Postgres: Embedded is one process's", cloud.All.Trim());
    }

    [Fact]
    public async Task A_store_that_is_not_there_ends_the_start_in_one_line_without_the_password()
    {
        using var cloud = DemoProcess.StartProgram(
            "AirIsland.Cloud", "--Cloud:Store=Postgres", "--Cloud:Postgres=Host=127.0.0.1;Port=1;Database=a;Password=S3cretWord");

        Assert.Equal(1, await cloud.EndAsync(Patience));
        Assert.Contains("Failed to connect to 127.0.0.1:1", cloud.All, StringComparison.Ordinal);
        Assert.DoesNotContain("S3cretWord", cloud.All, StringComparison.Ordinal);
    }

    /// <summary>Ends the process in which the first station lives, while another process is watched; gives the ended one.</summary>
    private async Task<ClusterNode> EndAsync(ClusterRun run, string what, Func<ClusterNode, Task> end)
    {
        var home = await run.HomeAsync(run.Stations[0]);
        var watched = run.Nodes.First(n => n.IsRunning && n != home);
        await using var gaps = new LiveGaps(watched, run.Stations);
        await gaps.FreshAsync(run.Stations, Patience);
        var (before, moving) = (gaps.Longest, await run.StationsOfAsync(home));
        await end(home);
        await gaps.FreshAsync(run.Stations, Patience);
        output.WriteLine(
            $"{what}: longest gap in live values, s: {Text(gaps.Longest)}; before: {Text(before)}; moved: {string.Join(", ", moving)}");
        foreach (var station in moving) Assert.NotSame(home, await run.HomeAsync(station));
        return home;

        static string Text(IReadOnlyDictionary<string, double> gaps) =>
            string.Join(", ", gaps.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Value}"));
    }
}
