using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Tests.Metering;
using AirIsland.Proto.Catalogues;
using AirIsland.Proto.Columns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>An outbox on a file of its own, which can be closed and opened again.</summary>
internal sealed class OutboxBench : IAsyncDisposable
{
    public static readonly CatalogueContent Catalogue = CatalogueOf("edge-1");

    private readonly TempFolder _folder = new();
    private readonly ILogger<OutboxStore> _logger;
    private OutboxOptions _options;

    /// <param name="options">Of the outbox.</param>
    /// <param name="logger">Of the outbox.</param>
    /// <param name="directory">Not removed at the end.</param>
    /// <param name="backfillPoints">Most tests count batches: there they do not grow.</param>
    public OutboxBench(
        OutboxOptions? options = null, ILogger<OutboxStore>? logger = null, string? directory = null, int backfillPoints = 0)
    {
        Directory = directory ?? _folder.Path;
        // Few tests need the reserve, and it takes its time to write.
        _options = (options ?? new() { ReserveBytes = 0 }) with { Directory = Directory, BackfillPoints = backfillPoints };
        _logger = logger ?? NullLogger<OutboxStore>.Instance;
        Store = Open();
    }

    public SettableClock Time { get; } = new(DateTimeOffset.UnixEpoch.AddDays(20_000));

    public EdgeStatus Status { get; private set; } = new();

    public OutboxStore Store { get; private set; }

    public string Directory { get; }

    public string File => Path.Combine(Directory, OutboxStore.FileName);

    /// <summary>A catalogue without tags.</summary>
    public static CatalogueContent CatalogueOf(string edge)
    {
        var (id, canonical) = CatalogueId.Canonicalise(new() { Edge = edge, Station = "site" });
        return new(id, canonical);
    }

    /// <summary>
    /// A batch of one reading, <paramref name="instant"/> in its instant and count; <paramref name="size"/> random counts blow it up.
    /// </summary>
    public static SealedBatch Batch(long instant, ScanContent content = ScanContent.Levels, int size = 1, params Receipt[] receipts)
    {
        var builder = new BlockBuilder();
        var random = new Random((int)instant);
        for (var i = 0; i < size; i++) builder.Add("meter/fast", instant + i, 3, i == 0 ? instant : random.NextInt64(long.MaxValue), 0);
        return new(Catalogue.Id, content, builder.Encode(), 0, receipts);
    }

    public async Task AppendAsync(params SealedBatch[] batches)
    {
        foreach (var batch in batches) await Store.AppendAsync(batch, CancellationToken.None);
        await Store.FlushAsync();
    }

    /// <summary>The first count of each batch of a lane that is kept; null where a gap took the place.</summary>
    public List<long?> Kept(Lane lane)
    {
        var state = Store.State[lane];
        var kept = new List<long?>();
        for (var n = state.Oldest; n <= state.Appended; n++)
        {
            var batch = Store.Read(lane, n);
            Assert.NotNull(batch);
            Assert.Equal(batch.Block.Crc32C, Checksum.Crc32C(batch.Block.Payload));
            var block = BlockReader.Read(batch.Block.Payload, batch.Block.Encoding);
            Assert.Equal(batch.Block.PointCount, block.PointCount);
            kept.Add(block.Groups.Count == 0 ? null : block.Groups[0].Columns[0].Counts[0]);
        }
        return kept;
    }

    /// <summary>Every count that is kept in a lane, and how many samples its gaps stand for.</summary>
    public (List<long> Counts, long Gaps) Samples(Lane lane)
    {
        var state = Store.State[lane];
        var blocks = Enumerable.Range((int)state.Oldest, (int)(state.Appended - state.Oldest + 1))
            .Select(n => Store.Read(lane, n)).OfType<StoredBatch>()
            .Select(b => BlockReader.Read(b.Block.Payload, b.Block.Encoding)).ToList();
        return (
            [.. blocks.SelectMany(b => b.Groups).SelectMany(g => g.Columns).SelectMany(c => c.Counts)],
            blocks.SelectMany(b => b.Gaps).Sum(g => (long)g.Count));
    }

    public List<BlockGap> Gaps(Lane lane)
    {
        var state = Store.State[lane];
        return
        [
            .. Enumerable.Range((int)state.Oldest, (int)(state.Appended - state.Oldest + 1))
                .Select(n => Store.Read(lane, n)).OfType<StoredBatch>()
                .SelectMany(b => BlockReader.Read(b.Block.Payload, b.Block.Encoding).Gaps),
        ];
    }

    public async Task ReopenAsync(OutboxOptions? options = null)
    {
        await CloseAsync();
        if (options is not null) _options = options with { Directory = Directory, BackfillPoints = _options.BackfillPoints };
        Status = new();
        Store = Open();
    }

    public void Execute(string sql)
    {
        using var db = new SqliteConnection($"Data Source={File};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public long Number(string sql)
    {
        using var db = new SqliteConnection($"Data Source={File};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = sql;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    /// <summary>Somebody else writes to the file, until disposed.</summary>
    public IDisposable HoldWriteLock()
    {
        var db = new SqliteConnection($"Data Source={File};Pooling=False");
        db.Open();
        using var begin = db.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return db;
    }

    /// <summary>A second outbox on the same directory.</summary>
    public OutboxStore Another() => new(_options, Catalogue, Time, Status, _logger);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private OutboxStore Open()
    {
        var store = Another();
        _ = store.StartAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Closes it, damages the page that its epoch is in, and opens it again.</summary>
    public async Task DamageAsync()
    {
        await CloseAsync();
        Erase(Number("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'"));
        Store = Open();
    }

    /// <summary>Makes nothing of pages of the file, 1 and up.</summary>
    public void Erase(long page, int count = 1)
    {
        using var file = new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = (page - 1) * 16_384;
        file.Write(new byte[16_384 * count]);
    }

    public async Task CloseAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Store.StopAsync(soon.Token);
        Store.Dispose();
    }
}
