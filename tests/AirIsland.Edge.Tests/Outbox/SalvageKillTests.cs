using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>The program itself, killed while it mends its outbox: at each call that changes a name, and at calls that write.</summary>
public class SalvageKillTests
{
    private const int Batches = 30;

    [StraceFact]
    public async Task A_kill_at_any_call_of_the_mending_loses_nothing()
    {
        var files = await OutboxFiles.KilledAsync(Batches, owner: "edge-1/site");
        var kills = 0;
        foreach (var (call, step) in ((string, int)[])[("rename", 1), ("unlink", 3), ("fsync", 3), ("pwrite64", 40)])
        {
            var isKilled = true;
            for (var n = 1; isKilled && n < 30 * step; n += step)
            {
                using var folder = new TempFolder();
                var data = Directory.CreateDirectory(folder.File("data")).FullName;
                OutboxFiles.Write(data, files);

                var arguments = (string[])[.. SiteFile.Write(folder), "--Edge:Outbox:ReserveBytes=0"];
                isKilled = !await StracedEdge.IsRunningAsync(["-e", $"inject={call}:signal=SIGKILL:when={n}"], arguments);
                kills += isKilled ? 1 : 0;

                await using var bench = new OutboxBench(new() { Owner = "edge-1/site", ReserveBytes = 0 }, directory: data);
                var told = $"{call} {n}: {string.Join(' ', Directory.GetFiles(data).Select(Path.GetFileName))}";
                Assert.True(bench.Kept(Lane.Backfill).SequenceEqual(Enumerable.Range(1, Batches).Select(i => (long?)i)), told);
                Assert.True(Directory.GetFiles(data, "outbox.salvage*").Length == 0, told);
            }
        }
        Assert.InRange(kills, 8, 100);
    }
}
