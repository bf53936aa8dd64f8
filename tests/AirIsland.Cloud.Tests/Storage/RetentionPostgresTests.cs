using AirIsland.Cloud.Tests.Servers;
using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Postgres;
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

        Task<IReadOnlyList<Bucket>> AskAsync() => store.BucketsAsync(
            Flow,
            new([.. Enumerable.Range(0, 180).Select(m => new Interval(Noon + Duration.FromMinutes(m), Noon + Duration.FromMinutes(m + 1)))],
                BucketMethod.StepHold, Duration.FromMinutes(1)),
            default);

        async Task AppendAsync(ReceivedBatch batch) =>
            Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(batch, default)).Status);
    }
}
