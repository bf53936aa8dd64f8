using AirIsland.Cloud.Tests.Servers;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>The contract against a real PostgreSQL, and what several processes and a server that goes away ask of it.</summary>
[NeedsProgram("postgres")]
[Collection(PostgresTests.Name)]
public sealed class PostgresTelemetryStoreTests(PostgresServer server) : TelemetryStoreContract
{
    private string _database = "";

    public override async Task InitializeAsync()
    {
        _database = await server.NewDatabaseAsync();
        await base.InitializeAsync();
    }

    public override Task DisposeAsync()
    {
        ((PostgresTelemetryStore)Store).Dispose();
        return Task.CompletedTask;
    }

    [ContractFact]
    public async Task Another_process_goes_on_where_this_one_was()
    {
        await AppendAsync(Received(1, Flow, 0, 1));
        using var other = (PostgresTelemetryStore)Open();

        Assert.Equal(1ul, Assert.Single(await other.WatermarksAsync(Edge, Epoch, default)).Sequence);
        Assert.Equal(AppendStatus.Duplicate, (await AppendAsync(other, Received(1, Flow, 0, 1))).Status);
        var next = await AppendAsync(other, Received(2, Flow, 1, 2));
        Assert.Equal((AppendStatus.Stored, 2L, 1L), (next.Status, next.Position, next.Previous));
        // What this process knew before is not what it goes by.
        Assert.Equal(AppendStatus.Duplicate, (await AppendAsync(Received(2, Flow, 1, 2))).Status);
        Assert.Equal(AppendStatus.SequenceReused, (await AppendAsync(Received(2, Flow, 30, 99))).Status);
        Assert.Equal(3ul, (await AppendAsync(Received(3, Flow, 2, 3))).Watermark);
    }

    // An edge reconnected to another process while its older stream was still alive: both send the same numbers.
    [ContractFact]
    public async Task Of_one_number_sent_to_several_processes_at_once_one_is_stored()
    {
        using var second = (PostgresTelemetryStore)Open();
        using var third = (PostgresTelemetryStore)Open();
        var status = new List<AppendStatus>();
        for (var n = 1ul; n <= 50; n++)
        {
            var batch = Received(n, Flow, (int)n, (long)n);
            var answers = await Task.WhenAll(AppendAsync(batch), AppendAsync(second, batch), AppendAsync(third, batch));
            status.AddRange(answers.Select(a => a.Status));
        }

        Assert.Equal(50, status.Count(s => s == AppendStatus.Stored));
        Assert.Equal(100, status.Count(s => s == AppendStatus.Duplicate));
        Assert.Equal(50, (await ReadAsync(Flow, 0, 1000)).Count);
    }

    [ContractFact]
    public async Task Positions_of_a_station_are_contiguous_in_the_order_of_the_commits()
    {
        PostgresTelemetryStore[] stores = [(PostgresTelemetryStore)Store, (PostgresTelemetryStore)Open(), (PostgresTelemetryStore)Open()];
        using var stop = new CancellationTokenSource();
        var follower = FollowAsync(stop.Token);
        var edges = Enumerable.Range(0, 9).Select(async e =>
        {
            for (var first = 1ul; first <= 100; first += 10)
            {
                var waiting = new List<Task<Appended>>();
                for (var n = first; n < first + 10; n++)
                    waiting.Add(await stores[e % 3].AppendAsync(Received(n, Flow, (e * 100) + (int)n, 1, edge: $"edge-{e}"), default));
                foreach (var appended in await Task.WhenAll(waiting)) Assert.Equal(AppendStatus.Stored, appended.Status);
            }
        });
        await Task.WhenAll(edges);
        await stop.CancelAsync();

        // Whoever follows never met a position before the one in front of it.
        Assert.Null(await follower);
        Assert.Equal(Enumerable.Range(1, 900).Select(p => (long)p), (await FollowedAsync(0)).Select(p => p));
        foreach (var store in stores[1..]) store.Dispose();

        async Task<string?> FollowAsync(CancellationToken stopping)
        {
            var last = 0L;
            do
            {
                foreach (var position in await FollowedAsync(last))
                    if (position != ++last) return $"{position} came where {last} was due";
            }
            while (!stopping.IsCancellationRequested);
            return null;
        }

        async Task<List<long>> FollowedAsync(long after) =>
            await Store.Follow(new("moushan"), after, default).Select(e => e.Position).ToListAsync();
    }

    [ContractFact]
    public async Task Groups_of_two_processes_that_share_their_edges_in_opposite_order_do_not_wait_in_a_circle()
    {
        using var other = (PostgresTelemetryStore)Open();
        for (var n = 1ul; n <= 30; n++)
        {
            var waiting = new List<Task<Appended>>();
            for (var e = 0; e < 12; e++)
            {
                waiting.Add(await Store.AppendAsync(Received(n, Flow, (int)n, e, edge: $"edge-{e}"), default));
                waiting.Add(await other.AppendAsync(Received(n, Flow, (int)n, 11 - e, edge: $"edge-{11 - e}"), default));
            }
            var answers = await Task.WhenAll(waiting);
            Assert.Equal(12, answers.Count(a => a.Status == AppendStatus.Stored));
            Assert.Equal(12, answers.Count(a => a.Status == AppendStatus.Duplicate));
        }
    }

    [ContractFact]
    public async Task Stores_that_open_at_once_in_an_empty_database_make_its_tables_once()
    {
        _database = await server.NewDatabaseAsync();

        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => (PostgresTelemetryStore)Open())));

        await opened[0].KeepAsync(Catalogue, default);
        Assert.Equal(Catalogue.Tags, await opened[3].TagsAsync(new("moushan"), default));
        foreach (var store in opened) store.Dispose();
    }

    [ContractFact]
    public async Task A_server_that_was_restarted_is_used_again_and_nothing_was_half_done()
    {
        await AppendAsync(Received(1, Flow, 0, 1));
        await server.StopAsync();

        var refused = await AppendAsync(Received(2, Flow, 1, 2));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.WatermarksAsync(Edge, Epoch, default));
        await server.StartAsync();

        Assert.Equal(AppendStatus.Unavailable, refused.Status);
        Assert.Equal(1ul, Assert.Single(await Store.WatermarksAsync(Edge, Epoch, default)).Sequence);
        Assert.Equal(AppendStatus.Stored, (await AppendAsync(Received(2, Flow, 1, 2))).Status);
        Assert.Equal(2, (await ReadAsync(Flow, 0, 60)).Count);
    }

    [ContractFact]
    public async Task A_connection_that_the_server_ends_is_replaced()
    {
        await AppendAsync(Received(1, Flow, 0, 1));
        await PostgresServer.ExecuteAsync(
            _database,
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND application_name = 'AirIsland'");

        Assert.Equal(AppendStatus.Unavailable, (await AppendAsync(Received(2, Flow, 1, 2))).Status);
        Assert.Equal(AppendStatus.Stored, (await AppendAsync(Received(2, Flow, 1, 2))).Status);
    }

    [ContractTheory]
    [InlineData("53100")]
    [InlineData("40001")]
    [InlineData("40P01")]
    public async Task A_full_disk_or_a_failed_serialization_stores_nothing_asks_again_and_recovers(string state)
    {
        await AppendAsync(Received(1, Flow, 0, 1));
        await PostgresServer.ExecuteAsync(_database, $"""
            CREATE FUNCTION telemetry.refuse() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN RAISE EXCEPTION ''as the engine says it'' USING ERRCODE = ''{state}''; END';
            CREATE TRIGGER refuse BEFORE UPDATE ON telemetry.watermark FOR EACH ROW EXECUTE FUNCTION telemetry.refuse();
            """);

        var refused = await AppendAsync(Received(2, Flow, 1, 2));
        await PostgresServer.ExecuteAsync(_database, "DROP TRIGGER refuse ON telemetry.watermark");

        Assert.Equal(AppendStatus.Unavailable, refused.Status);
        Assert.Single(await ReadAsync(Flow, 0, 60));
        Assert.Equal((AppendStatus.Stored, 2L), await StoredAsync(Received(2, Flow, 1, 2)));
    }

    [ContractFact]
    public async Task Streams_that_wait_share_a_commit()
    {
        var pending = new List<Task<Appended>>();
        for (var n = 1ul; n <= 200; n++) pending.Add(await Store.AppendAsync(Received(n, Flow, (int)n, 1), default));
        await Task.WhenAll(pending);

        Assert.InRange(((PostgresTelemetryStore)Store).Counters.Commits, 1, 150);
    }

    // A known number and its reuse may wait in one group with the number itself.
    [ContractFact]
    public async Task A_reused_number_is_told_also_within_its_own_commit()
    {
        var pending = new List<Task<Appended>>();
        for (var n = 1ul; n <= 20; n++)
        {
            pending.Add(await Store.AppendAsync(Received((2 * n) - 1, Flow, (int)n, 1), default));
            pending.Add(await Store.AppendAsync(Received(2 * n, Flow, (int)n, 2), default));
            pending.Add(await Store.AppendAsync(Received((2 * n) - 1, Flow, (int)n, 99), default));
        }
        var answers = await Task.WhenAll(pending);

        Assert.Equal(40, answers.Count(a => a.Status == AppendStatus.Stored));
        Assert.Equal(20, answers.Count(a => a.Status == AppendStatus.SequenceReused));
    }

    [ContractFact]
    public async Task A_reason_with_a_zero_character_is_kept_aside_all_the_same() =>
        Assert.Equal(AppendStatus.SetAside, (await AppendAsync(Received(1, Flow, 0, 1) with { Rejection = "tag 'a\0b'" })).Status);

    // The server's default may be otherwise; what is acknowledged is on its disk.
    [ContractFact]
    public async Task Every_commit_waits_for_the_disk_whatever_the_server_does_by_default()
    {
        await PostgresServer.ExecuteAsync(_database, "ALTER DATABASE " + new Npgsql.NpgsqlConnectionStringBuilder(_database).Database
            + " SET synchronous_commit = off");
        await PostgresServer.ExecuteAsync(_database, """
            CREATE TABLE telemetry.told(setting TEXT);
            CREATE FUNCTION telemetry.tell() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN INSERT INTO telemetry.told VALUES (current_setting(''synchronous_commit'')); RETURN NEW; END';
            CREATE TRIGGER tell BEFORE INSERT ON telemetry.batch FOR EACH ROW EXECUTE FUNCTION telemetry.tell();
            """);
        using var store = (PostgresTelemetryStore)Open();

        await AppendAsync(store, Received(1, Flow, 0, 1));

        Assert.Equal("on", await PostgresServer.ExecuteAsync(_database, "SELECT setting FROM telemetry.told"));
    }

    [ContractFact]
    public void A_server_that_is_not_there_is_named_and_the_password_is_not()
    {
        var options = new PostgresOptions
        {
            ConnectionString = $"{_database};Password=S3cretWord;Database=nowhere",
        };

        var failure = Assert.Throws<StoreUnavailableException>(
            () => new PostgresTelemetryStore(options, NullLogger<PostgresTelemetryStore>.Instance));

        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3cretWord", failure.ToString(), StringComparison.Ordinal);
    }

    protected override ITelemetryStore Open() => new PostgresTelemetryStore(
        new PostgresOptions { ConnectionString = _database }, NullLogger<PostgresTelemetryStore>.Instance);

    private static async Task<Appended> AppendAsync(PostgresTelemetryStore store, ReceivedBatch batch) =>
        await await store.AppendAsync(batch, default);

    private async Task<(AppendStatus, long)> StoredAsync(ReceivedBatch batch)
    {
        var appended = await AppendAsync(batch);
        return (appended.Status, appended.Position);
    }
}
