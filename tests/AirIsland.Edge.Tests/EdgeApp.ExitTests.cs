using System.Net;
using System.Net.Sockets;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Fieldbus.Modbus;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Tests;

/// <summary>How the program ends: a code, and one line that says why.</summary>
public sealed class EdgeAppExitTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("\"Unit\": \"abc\"", "Edge:Devices:0:Unit 'abc'")]
    [InlineData("\"Ratio\": \"1,5x\"", "Edge:Devices:0:Ratio '1,5x'")]
    [InlineData("\"Unit\": null", "Edge:Devices:0:Unit is null")]
    [InlineData("\"Unti\": 1", "Edge:Devices:0:Unti")]
    [InlineData("\"Unit\": { \"Number\": 1 }", "Edge:Devices:0:Unit")]
    [InlineData("\"Unit\": 1,,", "site.json")]
    [InlineData("\"Asset\": \"again\"", "Edge:Devices:0:Asset")]
    public async Task A_mistake_in_the_settings_file_is_one_line_and_code_2(string wrong, string named)
    {
        var arguments = SiteFile.Write(_folder, $$"""{ "Id": "a", "Asset": "a", "Profile": "suto-s401", "Endpoint": "a:1", {{wrong}} }""");

        await EndsAsync(2, named, arguments);
    }

    [Fact]
    public async Task A_misspelt_setting_of_the_command_line_is_one_line_and_code_2() =>
        await EndsAsync(2, "Edge:Outbox:Qeue", [.. SiteFile.Write(_folder), "--Edge:Outbox:Qeue=5"]);

    [Fact]
    public async Task A_misspelt_setting_of_the_environment_is_one_line_and_code_2()
    {
        using var edge = EdgeProcess.Start(new Dictionary<string, string> { ["Edge__Dta"] = "elsewhere" }, SiteFile.Write(_folder));

        await EndsAsync(edge, 2, "Edge:Dta");
    }

    [Fact]
    public async Task A_settings_file_that_is_missing_is_one_line_and_code_2() =>
        await EndsAsync(2, _folder.File("none.json"), ["--config", _folder.File("none.json")]);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_settings_file_without_a_name_is_one_line_and_code_2(string name) =>
        await EndsAsync(2, "settings file '", ["--config", name]);

    [Fact]
    public async Task A_device_that_is_null_is_one_line_and_code_2() =>
        await EndsAsync(
            2, "Edge:Devices:0 is empty",
            SiteFile.Write(_folder, """null, { "Id": "a", "Asset": "a", "Profile": "suto-s401", "Endpoint": "a:1" }"""));

    [Fact]
    public async Task A_port_for_metrics_that_is_taken_is_one_line_and_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await EndsAsync(1, $"Edge:Health:MetricsPort {port}", [.. SiteFile.Write(_folder), $"--Edge:Health:MetricsPort={port}"]);
    }

    [Fact]
    public async Task Two_devices_on_one_topic_are_one_line_and_code_2()
    {
        const string Devices = """
            { "Id": "one", "Asset": "one", "Profile": "mqtt-flow", "Topic": "site/flow" },
            { "Id": "two", "Asset": "two", "Profile": "mqtt-flow", "Topic": "site/flow" }
            """;

        await EndsAsync(2, "topic 'site/flow/level' is given to one and two", SiteFile.Write(_folder, Devices));
    }

    [Fact]
    public async Task A_profile_that_cannot_be_opened_is_one_line_and_code_2()
    {
        Directory.CreateDirectory(_folder.File("suto-s401.json"));

        await EndsAsync(2, "suto-s401", [.. SiteFile.Write(_folder), "--Edge:Profiles", _folder.Path]);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_one_line_and_code_1()
    {
        await File.WriteAllTextAsync(_folder.File("data"), "a file");

        await EndsAsync(1, _folder.File("data"), SiteFile.Write(_folder));
    }

    [Theory]
    [InlineData("this is no database, and was none before: somebody copied a text over it")]
    [InlineData("SQLite format 3\0 and then nothing that a database would have in its first page")]
    public async Task An_outbox_that_is_no_database_is_set_aside_by_name_and_the_edge_runs(string content)
    {
        Directory.CreateDirectory(_folder.File("data"));
        await File.WriteAllTextAsync(_folder.File("data/outbox.db"), content);

        using var edge = EdgeProcess.Start(SiteFile.Write(_folder));
        await edge.IsRunningAsync();

        Assert.Equal(content, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_folder.File("data"), "outbox.damaged-*.db"))));
        Assert.Contains(edge.Output, l => l.Contains("set aside as", StringComparison.Ordinal));
        Assert.Equal(0, await edge.InterruptAsync());
    }

    [Fact]
    public async Task A_second_process_on_a_data_directory_ends_with_one_line_and_code_1_and_the_first_goes_on()
    {
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new TestUnits(new ushort[64]));
        var arguments = SiteFile.Write(_folder, server.Endpoint.Port);
        using var first = EdgeProcess.Start(arguments);
        await first.IsRunningAsync();

        await EndsAsync(1, _folder.File("data"), arguments);

        Assert.Equal(0, await first.InterruptAsync());
        using var third = EdgeProcess.Start(arguments);
        await third.IsRunningAsync();
        Assert.Equal(0, await third.InterruptAsync());
    }

    [Fact]
    public async Task The_outbox_of_another_edge_is_one_line_and_code_2()
    {
        using (var edge = EdgeProcess.Start(SiteFile.Write(_folder)))
        {
            await edge.IsRunningAsync();
            Assert.Equal(0, await edge.InterruptAsync());
        }

        using var other = EdgeProcess.Start(SiteFile.Write(_folder, id: "edge-2"));

        Assert.Equal(2, await other.EndAsync());
        var line = Assert.Single(other.Errors);
        Assert.All(["edge-1/site", "edge-2/site", _folder.File("data")], n => Assert.Contains(n, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_that_fails_while_running_is_one_last_line_and_code_1()
    {
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new TestUnits(new ushort[64]));
        using var edge = EdgeProcess.Start(SiteFile.Write(_folder, server.Endpoint.Port));
        await Eventually.HoldsAsync(() => Number("SELECT count(*) FROM batch") > 0, "a batch in the outbox");

        // Not what a disk does: trying again would never help.
        Number("DROP TABLE batch");

        await EndsAsync(edge, 1, "no such table: batch");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task EndsAsync(int code, string named, string[] arguments)
    {
        using var edge = EdgeProcess.Start(arguments);
        await EndsAsync(edge, code, named);
    }

    private static async Task EndsAsync(EdgeProcess edge, int code, string named)
    {
        Assert.Equal(code, await edge.EndAsync());
        Assert.Contains(named, Assert.Single(edge.Errors), StringComparison.Ordinal);
    }

    private long Number(string sql)
    {
        var path = Path.Combine(_folder.File("data"), OutboxStore.FileName);
        if (!File.Exists(path)) return 0;
        using var db = new SqliteConnection($"Data Source={path};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = sql;
        try
        {
            return command.ExecuteScalar() as long? ?? 0;
        }
        catch (SqliteException) when (sql.StartsWith("SELECT", StringComparison.Ordinal))
        {
            // The edge is only just making its tables.
            return 0;
        }
    }
}
