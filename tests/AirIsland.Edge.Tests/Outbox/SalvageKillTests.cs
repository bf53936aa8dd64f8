using System.Diagnostics;
using System.Text;
using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>The program itself, killed while it mends its outbox: at each call that changes a name, and at calls that write.</summary>
public class SalvageKillTests
{
    private const int Batches = 30;

    [StraceFact]
    public async Task A_kill_at_any_call_of_the_mending_loses_nothing()
    {
        var files = await KilledAsync();
        var kills = 0;
        foreach (var (call, step) in ((string, int)[])[("rename", 1), ("unlink", 3), ("fsync", 3), ("pwrite64", 40)])
        {
            var isKilled = true;
            for (var n = 1; isKilled && n < 30 * step; n += step)
            {
                using var folder = new TempFolder();
                var data = Directory.CreateDirectory(folder.File("data")).FullName;
                OutboxFiles.Write(data, files);

                isKilled = await RunAsync(call, n, [.. SiteFile.Write(folder), "--Edge:Outbox:ReserveBytes=0"]);
                kills += isKilled ? 1 : 0;

                await using var bench = new OutboxBench(new() { Owner = "edge-1/site", ReserveBytes = 0 }, directory: data);
                var told = $"{call} {n}: {string.Join(' ', Directory.GetFiles(data).Select(Path.GetFileName))}";
                Assert.True(bench.Kept(Lane.Backfill).SequenceEqual(Enumerable.Range(1, Batches).Select(i => (long?)i)), told);
                Assert.True(Directory.GetFiles(data, "outbox.salvage*").Length == 0, told);
            }
        }
        Assert.InRange(kills, 8, 100);
    }

    // Ends by itself when it is killed, and by our hand when it runs: then the mending was done before that call came.
    private static async Task<bool> RunAsync(string call, int n, string[] arguments)
    {
        var start = new ProcessStartInfo(ExternalFactAttribute.Find("strace")!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] options = ["-f", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL:when={n}"];
        foreach (var argument in (string[])[.. options, EdgeProcess.Program, .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var isRunning = false;
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (isRunning || !line.Contains("Application started", StringComparison.Ordinal)) continue;
            isRunning = true;
            process.Kill(entireProcessTree: true);
        }
        await process.WaitForExitAsync();
        // As of a process that SIGKILL ended: nothing else may pass for a kill.
        Assert.Equal(137, process.ExitCode);
        return !isRunning;
    }

    private static async Task<Dictionary<string, byte[]>> KilledAsync()
    {
        await using var bench = new OutboxBench(new() { Owner = "edge-1/site", ReserveBytes = 0 });
        for (var i = 1; i <= Batches; i++) await bench.AppendAsync(OutboxBench.Batch(i, size: 500));
        var files = OutboxFiles.Read(bench.Directory);
        files.Add("outbox.suspect", Encoding.UTF8.GetBytes("planned"));
        return files;
    }
}
