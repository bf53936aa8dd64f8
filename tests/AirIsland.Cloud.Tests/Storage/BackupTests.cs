using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>A backup taken while batches come and hours are sealed, and what is there after it was restored and edges sent again.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Instant Later = Instant.FromUtc(2026, 11, 24, 0, 0);

    private readonly StoreFiles _files = new();
    private readonly StoreFiles _backup = new();
    private readonly StoreFiles _restored = new();

    public void Dispose()
    {
        _files.Dispose();
        _backup.Dispose();
        _restored.Dispose();
    }

    [Fact]
    public async Task A_backup_under_load_restored_and_sent_the_rest_again_has_everything_once()
    {
        const int Batches = 400;
        using var ending = new CancellationTokenSource();
        using (var store = _files.Open())
        {
            await store.KeepAsync(Catalogue, default);
            await AppendAsync(store, 1, 50);
            await store.KeepUpAsync(Later, default);
            var upkeep = Task.Run(async () =>
            {
                while (!ending.IsCancellationRequested)
                {
                    await store.KeepUpAsync(Later, default);
                    await Task.Delay(5);
                }
            });
            var appending = AppendAsync(store, 51, Batches);
            await StoreBackup.TakeAsync(_files.Path, _backup.Path, TimeProvider.System, Patience, default);
            await appending;
            await ending.CancelAsync();
            await upkeep;
            await store.KeepUpAsync(Later, default);
        }
        var manifest = StoreBackup.Restore(_backup.Path, _restored.Path, TimeProvider.System);

        Assert.Empty(new StoreCheck(_restored.Path, quick: false).Run(default));
        Assert.NotNull(RestoredMark.Of(_restored.Path));
        using var again = _restored.Open();
        var mark = Assert.Single(await again.WatermarksAsync(Edge, Epoch, default)).Sequence;
        Assert.InRange(mark, 50ul, (ulong)Batches);
        Assert.True(manifest.Positions["moushan"] >= 50);
        Assert.Equal((int)mark, (await AllAsync(again)).Count);
        await AppendAsync(again, (int)mark + 1, Batches);
        Assert.Equal(AppendStatus.Duplicate, (await await again.AppendAsync(Numbered((int)mark), default)).Status);
        await again.KeepUpAsync(Later, default);

        var read = await AllAsync(again);
        Assert.Equal(Enumerable.Range(1, Batches).Select(n => (long)n), read.Select(s => s.Count ?? 0));
    }

    [Fact]
    public async Task A_backup_that_was_broken_off_or_changed_is_not_restored()
    {
        using (var store = _files.Open()) await FillAsync(store);
        await StoreBackup.TakeAsync(_files.Path, _backup.Path, TimeProvider.System, Patience, default);
        var manifest = await File.ReadAllBytesAsync(_backup.Of(BackupManifest.FileName));

        File.Delete(_backup.Of(BackupManifest.FileName));
        Assert.Contains("broken off", Refused(), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(_backup.Of(BackupManifest.FileName), manifest);
        _backup.Run("levels-2026-11.db", "DELETE FROM seal");
        Assert.Contains("levels-2026-11.db", Refused(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_restored.Path));

        string Refused() =>
            Assert.Throws<IOException>(() => StoreBackup.Restore(_backup.Path, _restored.Path, TimeProvider.System)).Message;
    }

    [Fact]
    public async Task Nothing_is_written_over_what_is_there()
    {
        using (var store = _files.Open()) await FillAsync(store);
        await Assert.ThrowsAsync<IOException>(
            () => StoreBackup.TakeAsync(_files.Path, _files.Path, TimeProvider.System, Patience, default));
        await StoreBackup.TakeAsync(_files.Path, _backup.Path, TimeProvider.System, Patience, default);
        Assert.Throws<IOException>(() => StoreBackup.Restore(_backup.Path, _files.Path, TimeProvider.System));
    }

    [Fact]
    public async Task Upkeep_waits_for_its_turn_and_appends_do_not()
    {
        using var store = _files.Open();
        await store.KeepAsync(Catalogue, default);
        await AppendAsync(store, 1, 20);
        using (UpkeepTurn.TryTake(_files.Path))
        {
            Assert.Equal(0, (await store.KeepUpAsync(Later, default)).HoursSealed);
            await AppendAsync(store, 21, 30);
        }
        Assert.True((await store.KeepUpAsync(Later, default)).HoursSealed > 0);
    }

    private static async Task FillAsync(EmbeddedTelemetryStore store)
    {
        await store.KeepAsync(Catalogue, default);
        await AppendAsync(store, 1, 30);
        await store.KeepUpAsync(Later, default);
    }

    private static ReceivedBatch Numbered(int n) => Received((ulong)n, Flow, n * 97, n);

    private static async Task AppendAsync(EmbeddedTelemetryStore store, int from, int to)
    {
        for (var n = from; n <= to; n++) Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(Numbered(n), default)).Status);
    }

    private static async Task<List<Sample>> AllAsync(EmbeddedTelemetryStore store) =>
        await store.Read(Flow, Noon - Duration.FromDays(1), Noon + Duration.FromDays(2), default).ToListAsync();
}
