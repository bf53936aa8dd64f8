using System.Globalization;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
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

    [NodePeerFact("jsmodbus", Program = "socat")]
    public async Task Jsmodbus_is_read_and_written_behind_a_serial_port()
    {
        await using var peer = await PeerProcess.NodeAsync("jsmodbus-server.js", "rtu");
        await using var port = await SerialPair.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"tcp:127.0.0.1:{peer.Port}"));
        await using var client = new ModbusClient(port.FirstEnd, ModbusFraming.Rtu, ForeignServerSuite.Options);

        await ForeignServerSuite.PassesAsync(client);
    }
}
