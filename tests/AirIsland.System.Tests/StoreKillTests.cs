using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace AirIsland.SystemTests;

/// <summary>The store killed while it appends, seals, expires and is backed up: what it acknowledged is there, once.</summary>
public sealed class StoreKillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_store_killed_five_times_under_load_loses_nothing_it_acknowledged_and_has_nothing_twice()
    {
        using var run = new StoreKillRun(seed: 5);

        MustHold(await run.RunAsync(kills: 5), run);
    }

    [LongFact]
    public async Task A_store_killed_two_hundred_times_under_load_loses_nothing_it_acknowledged_and_has_nothing_twice()
    {
        using var run = new StoreKillRun(seed: 200);

        var count = await run.RunAsync(kills: 200);

        LongReport.Write("store-kills", "count", JsonSerializer.SerializeToNode(count, JsonSerializerOptions.Web) ?? new JsonObject());
        MustHold(count, run);
        Assert.True(count is { AtBackup: > 0, AtUpkeep: > 0, BackupsRestored: > 0 }, $"the kills came at too little: {count}");
    }

    private void MustHold(StoreKillCount count, StoreKillRun run)
    {
        output.WriteLine($"{count}");
        foreach (var fault in run.Faults) output.WriteLine($"{fault}");
        Assert.True(count is { Lost: 0, Duplicated: 0, Faults: 0 }, $"{count}");
        Assert.True(count.Acknowledged > count.Kills * 5, $"too few batches to judge: {count}");
    }
}
