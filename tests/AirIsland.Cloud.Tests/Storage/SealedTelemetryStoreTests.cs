using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>
/// The contract, with every hour sealed before it is read: nobody can tell whether a level lies in the journal or in a block.
/// </summary>
public sealed class SealedTelemetryStoreTests : TelemetryStoreContract
{
    private static readonly Instant Later = Instant.FromUtc(2027, 1, 1, 0, 0);

    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-sealed-").FullName;

    public override Task DisposeAsync()
    {
        (Store as IDisposable)?.Dispose();
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Appending_and_sealing_and_reading_at_once_lose_nothing_and_double_nothing()
    {
        var appending = Task.WhenAll(Enumerable.Range(0, 4).Select(e => Task.Run(async () =>
        {
            for (var n = 1; n <= 60; n++) await AppendAsync(Received((ulong)n, Flow, (e * 10_000) + (n * 97), n, edge: $"edge-{e}"));
        })));
        var upkeep = (IStoreUpkeep)Store;
        while (!appending.IsCompleted)
        {
            await Task.WhenAll(upkeep.KeepUpAsync(Later, default), upkeep.KeepUpAsync(Later, default));
            var read = await base.ReadAsync(Flow, -60, 60_000);
            Assert.Equal(read.Select(s => s.At).Distinct(), read.Select(s => s.At));
        }
        await appending;

        Assert.Equal(240, (await ReadAsync(Flow, 0, 60_000)).Count);
        Assert.Single(await Store.Follow(new("moushan"), 0, default).ToListAsync());
    }

    protected override ITelemetryStore Open() => new EmbeddedTelemetryStore(
        new() { Directory = _directory, SealAfter = TimeSpan.Zero }, NullLogger<EmbeddedTelemetryStore>.Instance);

    protected override async Task<List<Sample>> ReadAsync(Tag tag, int fromSecond, int toSecond)
    {
        await ((IStoreUpkeep)Store).KeepUpAsync(Later, default);
        return await base.ReadAsync(tag, fromSecond, toSecond);
    }
}
