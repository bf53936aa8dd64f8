using System.Globalization;
using System.Net;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>npm jsmodbus serves our client: over TCP, RTU over TCP, and behind a serial port.</summary>
public class JsmodbusTests
{
    [NodePeerFact("jsmodbus")]
    public async Task Jsmodbus_is_read_and_written_over_TCP()
    {
        await using var peer = await PeerProcess.NodeAsync("jsmodbus-server.js");
        await using var client = new ModbusClient("127.0.0.1", peer.Port, ForeignServerSuite.Options);

        await ForeignServerSuite.PassesAsync(client);
    }

    [NodePeerFact("jsmodbus")]
    public async Task Jsmodbus_is_read_and_written_with_RTU_over_TCP()
    {
        await using var peer = await PeerProcess.NodeAsync("jsmodbus-server.js", "rtu");
        await using var client = new ModbusClient(
            new TcpEndpoint("127.0.0.1", peer.Port), ModbusFraming.Rtu, ForeignServerSuite.Options);

        await ForeignServerSuite.PassesAsync(client);
    }

    // T7; emqx/neuron#1566: a crash with 160 to 200 nodes.
    [NodePeerFact("jsmodbus")]
    public async Task Five_hundred_connections_of_jsmodbus_with_eight_requests_in_flight_each_have_their_own_answers()
    {
        var bank = new RegisterBank(1);
        bank.Set(RegisterTable.Holding, 1, 0, [.. Enumerable.Range(0, 600).Select(n => (ushort)n)]);
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), bank);
        await using var clients = await PeerProcess.NodeAsync("jsmodbus-clients.js", $"{server.Endpoint.Port}", "500");

        Assert.Equal("""{"right":500,"wrong":0}""", (await clients.OutputAsync()).Trim());
    }

    [NodePeerFact("jsmodbus", Program = "socat")]
    public async Task Jsmodbus_is_read_and_written_behind_a_serial_port()
    {
        await using var peer = await PeerProcess.NodeAsync("jsmodbus-server.js", "rtu");
        await using var port = await SerialPair.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"tcp:127.0.0.1:{peer.Port}"));
        await using var client = new ModbusClient(port.FirstEnd, ModbusFraming.Rtu, ForeignServerSuite.Options);

        await ForeignServerSuite.PassesAsync(client);
    }
}
