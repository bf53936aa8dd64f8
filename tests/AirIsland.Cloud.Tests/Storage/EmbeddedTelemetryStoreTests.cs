using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

public sealed class EmbeddedTelemetryStoreTests : TelemetryStoreContract
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-store-").FullName;

    public override Task DisposeAsync()
    {
        (Store as IDisposable)?.Dispose();
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_reopened_store_goes_on_where_it_was()
    {
        await AppendAsync(Received(1, Flow, 0, 1));
        (Store as IDisposable)?.Dispose();
        Reopen();

        Assert.Equal(1ul, Assert.Single(await Store.WatermarksAsync(Edge, Epoch, default)).Sequence);
        Assert.Equal(AppendStatus.Duplicate, (await AppendAsync(Received(1, Flow, 0, 1))).Status);
        var next = await AppendAsync(Received(2, Flow, 1, 2));
        Assert.Equal((AppendStatus.Stored, 1L), (next.Status, next.Previous));
    }

    [Fact]
    public async Task A_full_disk_stores_nothing_asks_again_and_recovers()
    {
        await AppendAsync(Received(1, Flow, 0, 1));
        (Store as IDisposable)?.Dispose();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "journal.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // What the engine says when the disk is full, without filling one.
            command.CommandText = "CREATE TRIGGER full BEFORE INSERT ON batch BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
            command.ExecuteNonQuery();
        }
        Reopen();

        Assert.Equal(AppendStatus.Unavailable, (await AppendAsync(Received(2, Flow, 1, 2))).Status);
        Assert.Equal(1ul, Assert.Single(await Store.WatermarksAsync(Edge, Epoch, default)).Sequence);

        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "journal.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER full";
            command.ExecuteNonQuery();
        }
        Assert.Equal(AppendStatus.Stored, (await AppendAsync(Received(2, Flow, 1, 2))).Status);
        Assert.Equal(2, (await ReadAsync(Flow, 0, 60)).Count);
    }

    [Fact]
    public async Task Streams_that_wait_share_a_commit()
    {
        var pending = new List<Task<Appended>>();
        for (var n = 1ul; n <= 200; n++) pending.Add(await Store.AppendAsync(Received(n, Flow, (int)n, 1), default));
        await Task.WhenAll(pending);

        Assert.InRange(((EmbeddedTelemetryStore)Store).Counters.Commits, 1, 150);
    }

    // A page asks for it often, and a journal holds years.
    [Fact]
    public void The_extent_is_found_by_two_index_searches_and_no_scan()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {JournalExtent.Sql}";
        command.Parameters.AddWithValue("$1", "moushan");
        command.Parameters.AddWithValue("$2", 1);
        var plan = new List<string>();
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read()) plan.Add(rows.GetString(3));
        }

        Assert.Equal(2, plan.Count(p => p == "SEARCH b USING INDEX batch_by_time (station=? AND content=?)"));
        Assert.DoesNotContain(plan, p => p.Contains("B-TREE", StringComparison.Ordinal) || p is "MATERIALIZE dated" or "SCAN dated");
    }

    protected override ITelemetryStore Open() =>
        new EmbeddedTelemetryStore(new EmbeddedOptions { Directory = _directory }, NullLogger<EmbeddedTelemetryStore>.Instance);
}
