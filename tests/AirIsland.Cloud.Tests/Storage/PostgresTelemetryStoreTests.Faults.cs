using AirIsland.Cloud.Tests.Servers;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Postgres;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>A server that goes away, refuses, or does by default what it must not.</summary>
public sealed partial class PostgresTelemetryStoreTests
{
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
    public async Task A_reason_with_a_zero_character_is_kept_aside_all_the_same() =>
        Assert.Equal(AppendStatus.SetAside, (await AppendAsync(Received(1, Flow, 0, 1) with { Rejection = "tag 'a\0b'" })).Status);

    // What a row cannot hold is one batch's fault, whoever else is in the group.
    [ContractFact]
    public async Task A_batch_that_no_row_can_hold_is_set_aside_and_hurts_nobody_in_its_group()
    {
        var poison = Received(1, Flow, 0, 1, edge: "edge-p") with
        {
            Clock = new([(new("a\0", 0), NoonMs, NoonMs)], []),
        };
        var answers = new List<Task<Appended>> { await Store.AppendAsync(poison, default) };
        for (var n = 1ul; n <= 20; n++) answers.Add(await Store.AppendAsync(Received(n, Flow, (int)n, 1), default));
        answers.Add(await Store.AppendAsync(Received(2, Flow, 30, 1, edge: "edge-p"), default));
        var done = await Task.WhenAll(answers);

        Assert.Equal(AppendStatus.SetAside, done[0].Status);
        Assert.Contains("22021", done[0].Reason, StringComparison.Ordinal);
        Assert.All(done[1..], d => Assert.Equal(AppendStatus.Stored, d.Status));
        Assert.Equal(1L, await PostgresServer.ExecuteAsync(_database, "SELECT count(*) FROM telemetry.aside"));
    }

    // A series that the server will not write: of one station only.
    [ContractFact]
    public async Task A_station_that_cannot_be_sealed_keeps_no_other_from_it()
    {
        var wire = Batches.Wire("edge-p");
        wire.Station = "aa";
        foreach (var tag in wire.Tags) (tag.Id, tag.Unit) = (tag.Id.Replace("moushan", "aa", StringComparison.Ordinal), "m\0");
        var poison = TagCatalogue.Parse(wire.ToByteArray());
        await Store.KeepAsync(poison, default);
        for (var n = 1ul; n <= 2; n++)
        {
            await AppendAsync(
                Received(n, Flow, (int)n * 600, 1, edge: "edge-p") with { Station = new("aa"), Catalogue = poison.Key });
            await AppendAsync(Received(n, Flow, (int)n * 600, 1));
        }

        var upkeep = (IStoreUpkeep)Store;
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => upkeep.KeepUpAsync(Noon + NodaTime.Duration.FromDays(1), default));

        Assert.Contains("aa", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await PostgresServer.ExecuteAsync(_database, "SELECT count(*) FROM telemetry.seal WHERE station = 'moushan'"));
    }

    // The server's default may be otherwise; what is acknowledged is on its disk.
    [ContractFact]
    public async Task Every_commit_waits_for_the_disk_whatever_the_server_does_by_default()
    {
        await PostgresServer.ExecuteAsync(_database, "ALTER DATABASE " + new NpgsqlConnectionStringBuilder(_database).Database
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

    private async Task<(AppendStatus, long)> StoredAsync(ReceivedBatch batch)
    {
        var appended = await AppendAsync(batch);
        return (appended.Status, appended.Position);
    }
}
