using System.Net;
using System.Text.Json;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Tests;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Edge.Tests.Commissioning;

/// <summary>The built program before a line whose units nobody knows.</summary>
public class ScanCommandTests
{
    [NodePeerFact("modbus-serial")]
    public async Task The_units_that_answer_are_listed_with_who_they_are()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");

        var (code, output, _) = await RunAsync(peer.Port, "--units", "1-3", "--timeout", "300");

        Assert.Equal(0, code);
        Assert.Equal(["unit 1  peers MS a model 8.0", "1 of 3 units answered"], output);
    }

    [NodePeerFact("modbus-serial")]
    public async Task It_asks_no_more_often_than_it_may()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");
        var from = TimeProvider.System.GetTimestamp();

        // Two requests, a second apart.
        var (code, output, _) = await RunAsync(peer.Port, "--units", "1", "--rate", "1", "--json");

        Assert.InRange(TimeProvider.System.GetElapsedTime(from).TotalSeconds, 2, 30);
        using var json = JsonDocument.Parse(Assert.Single(output));
        Assert.Equal(0, code);
        Assert.Equal("peers", json.RootElement.GetProperty("found")[0].GetProperty("vendor").GetString());
    }

    [Fact]
    public async Task The_meters_of_a_DLT_645_line_are_found_by_their_addresses()
    {
        await using var server = DltServer.Start(
            new IPEndPoint(IPAddress.Loopback, 0),
            new DltMeters([Meter("000102030425", DltEdition.Edition2007), Meter("000000000161", DltEdition.Edition1997)]));

        var (code, output, _) = await RunAsync(server.Endpoint.Port, "--protocol", "dlt645");
        var (_, json, _) = await RunAsync(server.Endpoint.Port, "--protocol", "dlt645", "--json");

        Assert.Equal(0, code);
        Assert.Equal(["meter 000102030425  DL/T 645-2007", "meter 000000000161  DL/T 645-1997", "2 meters answered"], output);
        using var found = JsonDocument.Parse(Assert.Single(json));
        Assert.Equal("000102030425", found.RootElement.GetProperty("found")[0].GetProperty("address").GetString());
        Assert.Equal(1997, found.RootElement.GetProperty("found")[1].GetProperty("edition").GetInt32());
    }

    [Fact]
    public async Task A_line_that_cannot_be_opened_has_no_meters()
    {
        var (code, _, errors) = await RunAsync(1, "--protocol", "dlt645");

        Assert.Equal(1, code);
        Assert.StartsWith("127.0.0.1:1: ", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_the_code_is_1()
    {
        var (code, output, _) = await RunAsync(1, "--units", "1,2", "--rate", "50");

        Assert.Equal(1, code);
        Assert.Equal(["0 of 2 units answered"], output);
    }

    [Theory]
    [InlineData("--units", "1-256")]
    [InlineData("--units", "5-1")]
    [InlineData("--units", "")]
    [InlineData("--rate", "100")]
    [InlineData("--baud", "1")]
    [InlineData("--protocol", "sparkplug")]
    public async Task A_wrong_call_is_code_2(string option, string value)
    {
        var (code, _, errors) = await RunAsync(1, option, value);

        Assert.Equal(2, code);
        Assert.NotEmpty(errors);
    }

    private static DltMeter Meter(string address, DltEdition edition) => new(
        MeterAddress.Parse(address), edition,
        new Dictionary<DltIdentifier, Func<decimal?>> { [DltSearch.Probe(edition)] = () => 1206.42m });

    private static async Task<(int Code, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)> RunAsync(
        int port, params string[] arguments)
    {
        using var edge = EdgeProcess.Start(["scan", "--address", $"127.0.0.1:{port}", .. arguments]);
        var code = await edge.EndAsync();
        return (code, edge.Output, edge.Errors);
    }
}
