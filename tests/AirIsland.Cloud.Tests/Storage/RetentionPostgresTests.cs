using AirIsland.Cloud.Tests.Servers;
using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;
using AirIsland.Storage.Telemetry.Postgres;
using AirIsland.Storage.Telemetry.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>Levels that expire in PostgreSQL, where a month is dropped with its partitions.</summary>
[NeedsProgram("postgres")]
[Collection(PostgresTests.Name)]
public sealed class RetentionPostgresTests(PostgresServer server)
{
    private static readonly Instant Young = Instant.FromUtc(2026, 11, 24, 0, 0);
    private static readonly Instant Old = Instant.FromUtc(2027, 2, 1, 0, 0);

    [ContractFact]
    public async Task Minutes_answer_what_expired_months_did_and_what_comes_late_is_added_once()
    {
        var options = new PostgresOptions
        {
            ConnectionString = await server.NewDatabaseAsync(),
            SealAfter = TimeSpan.Zero,
            KeepLevels = TimeSpan.FromDays(30),
        };
        using var store = new PostgresTelemetryStore(options, NullLogger<PostgresTelemetryStore>.Instance);
        using var other = new PostgresTelemetryStore(options, NullLogger<PostgresTelemetryStore>.Instance);
        await store.KeepAsync(Catalogue, default);
        for (var n = 1; n <= 10; n++) await AppendAsync(Received((ulong)n, Flow, n * 600, n, points: 300));
        await store.KeepUpAsync(Young, default);
        var before = await AskAsync();

        var done = await Task.WhenAll(store.KeepUpAsync(Old, default), other.KeepUpAsync(Old, default));

        Assert.Equal((1, 3000L), (done.Sum(d => d.MonthsExpired), done.Sum(d => d.SamplesExpired)));
        Assert.Equal(before, await AskAsync());
        await AppendAsync(Received(1, Flow, 7200, 5, BatchLane.Backfill, points: 20) with { KnownAt = Old });
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(3020, (await AskAsync()).Sum(b => b.Samples));
            await store.KeepUpAsync(Old, default);
        }

        Task<IReadOnlyList<Bucket>> AskAsync() => RetentionPostgresTests.AskAsync(store);

        Task AppendAsync(ReceivedBatch batch) => RetentionPostgresTests.AppendAsync(store, batch);
    }

    // The session that has the turn ends, and whoever had it goes on without knowing, while another process takes it.
    [ContractFact]
    public async Task A_month_is_folded_once_also_when_the_turn_was_lost_on_the_way()
    {
        var options = new PostgresOptions
        {
            ConnectionString = await server.NewDatabaseAsync(),
            SealAfter = TimeSpan.Zero,
            KeepLevels = TimeSpan.FromDays(30),
        };
        using var store = new PostgresTelemetryStore(options, NullLogger<PostgresTelemetryStore>.Instance);
        await store.KeepAsync(Catalogue, default);
        for (var n = 1; n <= 10; n++) await AppendAsync(store, Received((ulong)n, Flow, n * 600, n, points: 300));
        await store.KeepUpAsync(Young, default);
        var before = await AskAsync(store);
        using var source = PostgresSchema.Source(options.ConnectionString);
        using var journal = new PostgresJournal(source, options, NullLogger.Instance);
        var places = new HookedPlaces(new PostgresPlaces(source, journal));
        places.BeforeFolding = () =>
        {
            var ended = PostgresServer.ExecuteAsync(options.ConnectionString, Terminate).GetAwaiter().GetResult();
            Assert.Equal(1L, ended);
            // It folds the month, and cannot drop it as long as this one reads it.
            Assert.Throws<StoreUnavailableException>(() => store.KeepUpAsync(Old, default).GetAwaiter().GetResult());
        };

        (int, long) done;
        using (places.BeginUpkeep()) done = new Expiry(places, (_, e) => throw e).Expire(Old.ToUnixTimeMilliseconds(), default);

        Assert.Equal((0, 0L), done);
        Assert.Equal(before, await AskAsync(store));
        Assert.Equal(1, (await store.KeepUpAsync(Old, default)).MonthsExpired);
        Assert.Equal(before, await AskAsync(store));
    }

    // A page that is read slowly holds what it reads.
    [ContractFact]
    public async Task A_month_is_made_while_another_is_read_and_one_half_made_is_finished()
    {
        var options = new PostgresOptions { ConnectionString = await server.NewDatabaseAsync(), SealAfter = TimeSpan.Zero };
        using var store = new PostgresTelemetryStore(options, NullLogger<PostgresTelemetryStore>.Instance);
        using var source = PostgresSchema.Source(options.ConnectionString);
        using var journal = new PostgresJournal(source, options, NullLogger.Instance);
        var places = new PostgresPlaces(source, journal);
        using (var reader = places.Month(1))
        {
            foreach (var table in (string[])["seal", "block", "frame", "series_day"])
                reader!.Connection.Run($"SELECT count(*) FROM {table}");
            places.WriteMonth(24_000).Dispose();
        }
        // As if it had been killed before the month was whole.
        await PostgresServer.ExecuteAsync(
            options.ConnectionString, "DELETE FROM telemetry.sealed_month; DROP TABLE telemetry.frame_24000");
        using (var write = places.WriteMonth(24_000))
            write.Connection.Run($"INSERT INTO frame VALUES (1, {Hours.In(24_000).From}, 1, '')");

        Assert.Equal([24_000], places.Months);
    }

    private const string Terminate = "SELECT count(pg_terminate_backend(pid, 20000)) FROM pg_locks WHERE locktype = 'advisory'"
        + " AND ((classid::bigint << 32) | objid::bigint) = 7311209864504";

    private static Task<IReadOnlyList<Bucket>> AskAsync(PostgresTelemetryStore store) => store.BucketsAsync(
        Flow,
        new([.. Enumerable.Range(0, 180).Select(m => new Interval(Noon + Duration.FromMinutes(m), Noon + Duration.FromMinutes(m + 1)))],
            BucketMethod.StepHold, Duration.FromMinutes(1)),
        default);

    private static async Task AppendAsync(PostgresTelemetryStore store, ReceivedBatch batch) =>
        Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(batch, default)).Status);
}
