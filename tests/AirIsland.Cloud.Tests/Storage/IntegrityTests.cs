using AirIsland.Cloud.Backup;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>The check of a data directory: it finds what was damaged, names it, and takes out of a month what is whole.</summary>
public sealed class IntegrityTests : IDisposable
{
    private const string Month = "levels-2026-11.db";
    private static readonly Instant Later = Instant.FromUtc(2026, 11, 23, 0, 0);
    private static readonly Instant Old = Instant.FromUtc(2027, 2, 1, 0, 0);

    private readonly StoreFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_whole_store_has_no_faults_and_its_index_is_that_of_its_samples()
    {
        await FillAsync();
        using (var store = _files.Open(TimeSpan.FromDays(30))) await store.KeepUpAsync(Old, default);
        await FillAsync(epoch: 5, days: 90);

        var check = new StoreCheck(_files.Path, quick: false);

        Assert.Empty(check.Run(default));
        Assert.True(check.Looked > 10, $"{check.Looked}");
    }

    [Theory]
    [InlineData(Month, "UPDATE frame SET samples = zeroblob(30) WHERE id = 3", "series_day")]
    [InlineData(Month, "UPDATE block SET instants = zeroblob(30) WHERE id = 2", "block")]
    [InlineData(Month, "UPDATE series_day SET hours = zeroblob(30)", "series_day")]
    [InlineData(Month, "UPDATE frame SET samples = (SELECT f.samples FROM frame f WHERE f.id = 1) WHERE id = 3", "series_day")]
    [InlineData(Month, "DELETE FROM series_day", "block")]
    [InlineData(Month, "UPDATE seal SET sealed_to = 99999", "seal")]
    [InlineData("journal.db", "UPDATE batch SET payload = zeroblob(30)", "batch")]
    [InlineData("journal.db", "UPDATE batch SET points = points + 1", "batch")]
    [InlineData("journal.db", "UPDATE watermark SET sequence = 1", "watermark")]
    public async Task What_is_wrong_is_named(string file, string damage, string table)
    {
        await FillAsync();
        _files.Run(file, damage);

        var faults = new StoreCheck(_files.Path, quick: false).Run(default);

        Assert.Contains(faults, f => f.File == file && f.Table == table);
        Assert.DoesNotContain(faults, f => f.File != file);
    }

    [Theory]
    [InlineData(Month, "frame")]
    [InlineData(Month, "series_day")]
    [InlineData("journal.db", "batch")]
    [InlineData("journal.db", "batch_by_time")]
    public async Task Other_bytes_in_a_page_are_found(string file, string table)
    {
        await FillAsync(seals: file == Month);
        Checkpoint(file);
        var bytes = await File.ReadAllBytesAsync(_files.Of(file));
        // Rows fill a page from its end.
        var page = (int)_files.Number(file, $"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'");
        bytes.AsSpan((page * 16384) - 40, 20).Fill(0x5A);
        await File.WriteAllBytesAsync(_files.Of(file), bytes);

        Assert.Contains(new StoreCheck(_files.Path, quick: false).Run(default), f => f.File == file);
    }

    [Fact]
    public async Task A_file_that_ends_early_is_found()
    {
        await FillAsync();
        Checkpoint(Month);
        await using (var file = File.OpenWrite(_files.Of(Month))) file.SetLength(file.Length / 2);

        Assert.Contains(new StoreCheck(_files.Path, quick: false).Run(default), f => f.File == Month);
    }

    [Fact]
    public async Task A_damaged_month_is_set_aside_and_what_decodes_is_served()
    {
        await FillAsync();
        List<Domain.Metering.Sample> before;
        using (var store = _files.Open()) before = await AllAsync(store);
        var hour = _files.Number(Month, "SELECT hour FROM block WHERE id = 2");
        _files.Run(Month, "UPDATE frame SET samples = zeroblob(30) WHERE id = (SELECT first_frame FROM block WHERE id = 2)");

        Assert.Equal(1, await StoreCommands.RunAsync(["check", "--data", _files.Path, "--set-aside"], TimeProvider.System));

        Assert.True(File.Exists(_files.Of(Month + ".damaged-1")));
        Assert.Equal(0, await StoreCommands.RunAsync(["check", "--data", _files.Path, "--json"], TimeProvider.System));
        using var again = _files.Open();
        var kept = before.Where(s => s.At.ToUnixTimeMilliseconds() / 3_600_000 != hour).ToList();
        Assert.True(kept.Count < before.Count);
        Assert.Equal(kept, await AllAsync(again));
    }

    [Fact]
    public async Task A_wrong_call_is_told_apart()
    {
        Assert.Equal(2, await StoreCommands.RunAsync(["check", "--nonsense"], TimeProvider.System));
        Assert.Equal(1, await StoreCommands.RunAsync(["check", "--data", _files.Path], TimeProvider.System));
    }

    private static async Task<List<Domain.Metering.Sample>> AllAsync(EmbeddedTelemetryStore store) =>
        await store.Read(Flow, Noon - Duration.FromDays(1), Noon + Duration.FromDays(1), default).ToListAsync();

    private async Task FillAsync(ulong epoch = 4, int days = 0, bool seals = true)
    {
        using var store = _files.Open();
        await store.KeepAsync(Catalogue, default);
        for (var n = 0; n < 20; n++)
        {
            var batch = Received((ulong)n + 1, n % 5 == 4 ? Volume : Flow, (days * 86_400) + (n * 1000), n * 10, points: 50);
            batch = batch with { Key = batch.Key with { Epoch = epoch } };
            Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(batch, default)).Status);
        }
        if (seals) await store.KeepUpAsync(Later + Duration.FromDays(days), default);
    }

    private void Checkpoint(string file) => _files.Run(file, "PRAGMA wal_checkpoint(TRUNCATE)");
}
