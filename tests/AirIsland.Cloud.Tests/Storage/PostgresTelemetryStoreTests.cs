using AirIsland.Cloud.Tests.Servers;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>The contract against a real PostgreSQL, and what several processes and a server that goes away ask of it.</summary>
[NeedsProgram("postgres")]
[Collection(PostgresTests.Name)]
public sealed partial class PostgresTelemetryStoreTests(PostgresServer server) : TelemetryStoreContract
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

    // One process read what an hour has, and was overtaken by another that sealed more of it and let the journal forget.
    [ContractFact]
    public async Task A_process_that_was_overtaken_while_it_sealed_takes_nothing_back()
    {
        var later = Noon + NodaTime.Duration.FromDays(30);
        using var other = (PostgresTelemetryStore)Open();
        await AppendAsync(Received(1, Flow, 0, 1));
        await other.KeepUpAsync(later, default);
        await AppendAsync(Received(2, Flow, 3600, 2));
        await using var holder = new NpgsqlConnection(_database);
        await holder.OpenAsync();
        await using var hold = await holder.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("LOCK TABLE telemetry.series", holder)) await command.ExecuteNonQueryAsync();

        var overtaken = ((PostgresTelemetryStore)Store).KeepUpAsync(later, default);
        await UntilAsync("SELECT count(*) FROM pg_locks WHERE relation = 'telemetry.series'::regclass AND NOT granted");
        await AppendAsync(other, Received(3, Flow, 3601, 3));
        // The last batch of a station stays in the journal.
        await AppendAsync(other, Received(4, Flow, 3602, 4));
        await other.KeepUpAsync(later, default);
        await hold.CommitAsync();
        await overtaken;

        Assert.Equal([1L, 2, 3, 4], (await ReadAsync(Flow, 0, 7200)).Select(s => s.Count ?? 0));

        async Task UntilAsync(string sql)
        {
            for (var tries = 0; await PostgresServer.ExecuteAsync(_database, sql) is 0L; tries++)
            {
                Assert.True(tries < 1200, $"never: {sql}");
                await Task.Delay(50);
            }
        }
    }

    [ContractFact]
    public async Task The_latest_is_not_missed_by_a_process_that_did_not_look_while_another_sealed_and_forgot()
    {
        using var other = (PostgresTelemetryStore)Open();
        await AppendAsync(Received(1, Flow, 1, 1));
        Assert.Equal(1, Assert.Single(await Store.LatestAsync([Flow], default))?.Count);
        await AppendAsync(other, Received(2, Flow, 30, 30));
        // An older sample in the last batch of the station, which stays in the journal.
        await AppendAsync(other, Received(3, Flow, 5, 5));
        await other.KeepUpAsync(Noon + NodaTime.Duration.FromDays(30), default);

        Assert.Equal(30, Assert.Single(await Store.LatestAsync([Flow], default))?.Count);
        await ((PostgresTelemetryStore)Store).KeepUpAsync(Noon + NodaTime.Duration.FromDays(30), default);
        using var third = (PostgresTelemetryStore)Open();
        Assert.Equal(30, Assert.Single(await third.LatestAsync([Flow], default))?.Count);
    }

    // A station that comes to live in a process that no edge has spoken to yet opens the store on its own scheduler, one step at a time.
    [ContractFact]
    public async Task It_opens_also_on_a_scheduler_that_does_one_thing_at_a_time()
    {
        var single = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

        var opening = Task.Factory.StartNew(() => ((PostgresTelemetryStore)Open()).Dispose(), default, TaskCreationOptions.None, single);

        await opening.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [ContractFact]
    public async Task Streams_that_wait_share_a_commit()
    {
        var (answers, commits) = await TogetherAsync([.. Enumerable.Range(1, 200).Select(n => Received((ulong)n, Flow, n, 1))]);

        Assert.All(answers, a => Assert.Equal(AppendStatus.Stored, a.Status));
        Assert.Equal(1, commits);
    }

    // A known number and its reuse wait in one group with the number itself.
    [ContractFact]
    public async Task A_reused_number_is_told_also_within_its_own_commit()
    {
        var batches = new List<ReceivedBatch>();
        for (var n = 1; n <= 20; n++)
        {
            batches.Add(Received((ulong)(2 * n) - 1, Flow, n, 1));
            batches.Add(Received((ulong)(2 * n), Flow, n, 2));
            batches.Add(Received((ulong)(2 * n) - 1, Flow, n, 99));
        }

        var (answers, commits) = await TogetherAsync(batches);

        Assert.Equal(40, answers.Count(a => a.Status == AppendStatus.Stored));
        Assert.Equal(20, answers.Count(a => a.Status == AppendStatus.SequenceReused));
        Assert.Equal(1, commits);
    }

    /// <summary>Queues batches while the writer waits for a row that another connection holds; the commits they then took.</summary>
    private async Task<(Appended[] Answers, long Commits)> TogetherAsync(IReadOnlyList<ReceivedBatch> batches)
    {
        var store = (PostgresTelemetryStore)Store;
        await AppendAsync(Received(1, Flow, 0, 1, edge: "first"));
        await using var holder = new NpgsqlConnection(_database);
        await holder.OpenAsync();
        await using var hold = await holder.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("SELECT 1 FROM telemetry.watermark WHERE edge = 'first' FOR UPDATE", holder))
            await command.ExecuteNonQueryAsync();
        var held = await store.AppendAsync(Received(2, Flow, 0, 2, edge: "first"), default);
        const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        for (var tries = 0; await PostgresServer.ExecuteAsync(_database, Waiting) is 0L; tries++)
        {
            Assert.True(tries < 1200, "the writer never waited");
            await Task.Delay(50);
        }
        var pending = new List<Task<Appended>>();
        foreach (var batch in batches) pending.Add(await store.AppendAsync(batch, default));
        var before = store.Counters.Commits;
        await hold.CommitAsync();
        Assert.Equal(AppendStatus.Stored, (await held).Status);
        var answers = await Task.WhenAll(pending);
        return (answers, store.Counters.Commits - before - 1);
    }

    protected override ITelemetryStore Open() => new PostgresTelemetryStore(
        new PostgresOptions { ConnectionString = _database }, NullLogger<PostgresTelemetryStore>.Instance);

    private static async Task<Appended> AppendAsync(PostgresTelemetryStore store, ReceivedBatch batch) =>
        await await store.AppendAsync(batch, default);
}
