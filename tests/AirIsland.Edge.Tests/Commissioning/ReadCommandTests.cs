using System.Net;
using System.Text.Json;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Tests;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Edge.Tests.Commissioning;

/// <summary>The built program before a device.</summary>
public sealed class ReadCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NodePeerFact("modbus-serial")]
    public async Task Every_point_of_a_foreign_device_is_shown_with_its_registers()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");
        // Its holding registers hold their address + 8000.
        Profile("plain", Point("Pressure", 100, "uint16"), Point("Temperature", 200, "uint32"));

        var (code, output, _) = await RunAsync(peer.Port, "--profile", "plain");

        Assert.Equal(0, code);
        Assert.Contains(output, l => Words(l) is ["Pressure", "8100", "V", "1FA4", ..]);
        Assert.Contains(output, l => Words(l) is ["Temperature", "537403401", "V", "2008", "2009", ..]);
    }

    [NodePeerFact("modbus-serial")]
    public async Task A_refused_register_hides_no_other() // telegraf #11782
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");
        Profile("holed", Point("Before", 499, "uint16"), Point("Hole", 500, "uint16"), Point("After", 501, "uint16"));

        var (code, output, _) = await RunAsync(peer.Port, "--profile", "holed");

        Assert.Equal(1, code);
        Assert.Contains(output, l => Words(l) is ["Before", "8499", ..]);
        var hole = Assert.Single(output, l => Words(l) is ["Hole", "not", "read:", ..]);
        Assert.Contains("IllegalDataAddress", hole, StringComparison.Ordinal);
        Assert.Contains(output, l => Words(l) is ["After", "8501", ..]);
    }

    [Fact]
    public async Task A_doubtful_register_is_shown_in_every_order() // thingsboard-gateway #1453
    {
        // 230.5 as a float, its registers exchanged.
        await using var server = Serve(0, 0x8000, 0x4366, 0);
        Profile("doubt", Point("Voltage", 1, "float32", """, "minimum": 100, "maximum": 300"""));

        var (code, output, _) = await RunAsync(server.Endpoint.Port, "--profile", "doubt");

        Assert.Equal(0, code);
        Assert.Contains(output, l => l.Contains("<- doubtful", StringComparison.Ordinal));
        var orders = Assert.Single(output, l => l.StartsWith("  at 1:", StringComparison.Ordinal));
        Assert.Contains("CDAB 230.5", orders, StringComparison.Ordinal);
        Assert.All(["ABCD", "BADC", "DCBA"], o => Assert.Contains(o, orders, StringComparison.Ordinal));
        Assert.Contains("  registers from 0: 0000 8000 4366 0000", output);
    }

    [Fact]
    public async Task A_display_value_tells_the_order_and_the_neighbour_that_agree() // OpenEMS #86, telegraf #8151
    {
        // 100,000 from register 2 on; the profile is one register too low.
        await using var server = Serve(0, 0x5555, 0x0001, 0x86A0, 0);
        Profile("shifted", Point("Pressure", 1, "uint32"));
        string[] asked = ["--profile", "shifted", "--point", "Pressure", "--expect"];

        var (wrong, output, _) = await RunAsync(server.Endpoint.Port, [.. asked, "100000"]);
        var (nowhere, silent, _) = await RunAsync(server.Endpoint.Port, [.. asked, "77"]);
        Profile("shifted", Point("Pressure", 2, "uint32"));
        var (right, agreed, _) = await RunAsync(server.Endpoint.Port, [.. asked, "100200"]);

        Assert.Equal((1, 1, 0), (wrong, nowhere, right));
        Assert.Contains("The profile does not agree with 100000; ABCD at 2 would.", output);
        Assert.Contains("Nothing there agrees with 77.", silent);
        Assert.Contains("The profile agrees with 100200.", agreed);
    }

    [Fact]
    public async Task A_value_of_eight_bytes_is_shown_in_its_own_four_orders()
    {
        await using var server = Serve(0, 0, 0x00BC, 0x614E, 0);
        Profile("wide", Point("Energy", 0, "int64"));

        var (_, output, _) = await RunAsync(server.Endpoint.Port, "--profile", "wide", "--point", "Energy", "--json");

        using var json = JsonDocument.Parse(string.Join('\n', output));
        var guesses = json.RootElement.GetProperty("doubts")[0].GetProperty("guesses").EnumerateArray().ToList();
        Assert.Equal(
            ["ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA"],
            guesses.Where(g => g.GetProperty("address").GetInt32() == 0).Select(g => g.GetProperty("order").GetString()));
        Assert.Equal("12345678", guesses.Single(g => g.GetProperty("own").GetBoolean()).GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_code_1_and_names_why()
    {
        Profile("plain", Point("Pressure", 0, "uint16"));

        var (code, output, _) = await RunAsync(1, "--profile", "plain");

        Assert.Equal(1, code);
        Assert.Contains(output, l => l.Contains("Pressure  not read: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("profile 'nothing' is not in", "--profile", "nothing")]
    [InlineData("; there is plain", "--profile", "plaid")]
    [InlineData("has no point 'Flow'; it has Pressure", "--profile", "plain", "--point", "Flow")]
    [InlineData("--unit must be 0 to 255", "--profile", "plain", "--unit", "256")]
    [InlineData("--expect needs a --point", "--profile", "plain", "--expect", "1")]
    [InlineData("is of no Modbus device", "--profile", "mqtt")]
    [InlineData("Option '--profile' is required.")]
    public async Task A_wrong_call_is_code_2_and_says_what_is_wrong(string mistake, params string[] arguments)
    {
        Profile("plain", Point("Pressure", 0, "uint16"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "profiles", "mqtt-dewpoint.json"), _folder.File("mqtt.json"));

        var (code, _, errors) = await RunAsync(1, arguments);

        Assert.Equal(2, code);
        Assert.Contains(errors, l => l.Contains(mistake, StringComparison.Ordinal));
    }

    private static ModbusServer Serve(params ushort[] registers) =>
        ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new TestUnits(registers));

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Point(string name, int address, string type, string rest = "") => $$"""
        { "name": "{{name}}", "group": "fast", "kind": "level", "medium": "electricity", "unit": "V", "resolution": "0.01",
          "address": {{address}}, "type": "{{type}}"{{rest}} }
        """;

    private void Profile(string id, params string[] points) => File.WriteAllText(_folder.File($"{id}.json"), $$"""
        { "id": "{{id}}", "name": "Test device", "source": "this test", "protocol": "modbus", "groups": { "fast": "00:00:01" },
          "points": [ {{string.Join(',', points)}} ] }
        """);

    private async Task<(int Code, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)> RunAsync(int port, params string[] arguments)
    {
        using var edge = EdgeProcess.Start(["read", "--address", $"127.0.0.1:{port}", "--profiles", _folder.Path, .. arguments]);
        var code = await edge.EndAsync();
        return (code, edge.Output, edge.Errors);
    }
}
