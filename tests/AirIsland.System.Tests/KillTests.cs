using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace AirIsland.SystemTests;

/// <summary>The edge killed while it sends: what its outbox had accepted is stored, once.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task An_edge_killed_five_times_while_sending_loses_nothing_it_had_accepted_and_stores_nothing_twice()
    {
        await using var run = new KillRun(seed: 5);

        MustHold(await run.RunAsync(kills: 5));
    }

    [LongFact]
    public async Task An_edge_killed_two_hundred_times_while_sending_loses_nothing_it_had_accepted_and_stores_nothing_twice()
    {
        await using var run = new KillRun(seed: 200);

        var count = await run.RunAsync(kills: 200);

        LongReport.Write("kills", "count", JsonSerializer.SerializeToNode(count, JsonSerializerOptions.Web) ?? new JsonObject());
        MustHold(count);
    }

    private void MustHold(KillCount count)
    {
        output.WriteLine($"{count}");
        Assert.True(count is { Lost: 0, Duplicated: 0 }, $"{count}");
        Assert.True(count.Stored > count.Kills * 200, $"too few samples to judge: {count}");
        // What a kill finds in memory: a batch that fills, one that is being committed, and a reply of each unit.
        Assert.InRange(count.Served - count.Measured, 0, (count.Kills + 1) * 3 * 100);
    }
}
