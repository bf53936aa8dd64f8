using AirIsland.Cloud.Backup;
using AirIsland.Cloud.Tests.Ingest;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>A cloud that was restored from an older backup, and the edge that comes back to it.</summary>
public sealed class BackupLinkTests : IDisposable
{
    private readonly StoreFiles _backup = new();

    public void Dispose() => _backup.Dispose();

    [Fact]
    public async Task An_edge_sends_again_what_a_restored_cloud_lacks_and_nothing_is_there_twice()
    {
        var first = new CloudHost();
        await first.InitializeAsync();
        try
        {
            await SendAsync(first, 1, 5);
            Assert.Equal(0, await StoreCommands.RunAsync(["backup", "--data", first.Data, "--out", _backup.Path], TimeProvider.System));
            await SendAsync(first, 6, 10);
        }
        finally
        {
            await first.DisposeAsync();
        }
        var second = new CloudHost();
        Assert.Equal(0, await StoreCommands.RunAsync(["restore", "--from", _backup.Path, "--data", second.Data], TimeProvider.System));
        await second.InitializeAsync();
        try
        {
            using (var edge = new EdgeCall(second, Edge))
                Assert.Equal(5ul, Assert.Single((await edge.GreetAsync()).Watermarks).Sequence);
            await SendAsync(second, 6, 10);

            var read = await second.Service<ITelemetryStore>()
                .Read(Flow, Noon, Noon + Duration.FromHours(1), default).Select(s => s.Count ?? 0).ToListAsync();
            Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), read);
        }
        finally
        {
            await second.DisposeAsync();
        }
    }

    private static async Task SendAsync(CloudHost cloud, int from, int to)
    {
        using var edge = new EdgeCall(cloud, Edge);
        await edge.GreetAsync();
        for (var n = from; n <= to; n++)
            Assert.Equal(Status.Stored, (await edge.SendBatchAsync((ulong)n, edge.Levels(n, n))).Status);
    }
}
