using AirIsland.Cloud.Tests.Servers;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Postgres;
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
