using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>
/// npm modbus-serial serves our client, and reads our server: a slave and a master nobody here wrote. tests/peers says what its registers
/// hold.
/// </summary>
public class ModbusSerialTests
{
    [NodePeerFact("modbus-serial")]
    public async Task Modbus_serial_is_read_from_the_first_to_the_last_address()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");
        await using var client = Client(peer);

        Assert.Equal([8_000, 8_001], await client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
        var largest = await client.ReadAsync(RegisterTable.Holding, 1, 1_000, 125, default);
        Assert.Equal(Enumerable.Range(9_000, 125).Select(v => (ushort)v), largest);
        Assert.Equal([7_999], await client.ReadAsync(RegisterTable.Holding, 1, 65_535, 1, default));
        Assert.Equal([65_535 - 8_007], await client.ReadAsync(RegisterTable.Input, 1, 7, 1, default));
        Assert.Equal((0, 0), (client.StrayFrames, client.Timeouts));
    }

    [NodePeerFact("modbus-serial")]
    public async Task Modbus_serial_refuses_an_address_and_the_next_read_is_right()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");
        await using var client = Client(peer);

        var refusal = await Assert.ThrowsAsync<ModbusException>(() => client.ReadAsync(RegisterTable.Holding, 1, 498, 4, default));

        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, refusal.Code);
        Assert.Equal([8_499], await client.ReadAsync(RegisterTable.Holding, 1, 499, 1, default));
    }

    [NodePeerFact("modbus-serial")]
    public async Task A_unit_missing_behind_modbus_serial_is_a_timeout_and_the_next_read_is_right()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");
        await using var client = Client(peer, new ModbusClientOptions { Timeout = TimeSpan.FromSeconds(1) });

        await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 2, 0, 1, default));

        Assert.Equal([8_003], await client.ReadAsync(RegisterTable.Holding, 1, 3, 1, default));
    }

    [NodePeerFact("modbus-serial")]
    public async Task Modbus_serial_is_written_with_functions_6_and_16()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");
        await using var client = Client(peer, new ModbusClientOptions { Timeout = TimeSpan.FromSeconds(5), Writable = true });

        await client.WriteAsync(1, 10, [1], default);
        await client.WriteAsync(1, 11, [2, 0xFFFF], default);

        Assert.Equal([8_009, 1, 2, 0xFFFF, 8_013], await client.ReadAsync(RegisterTable.Holding, 1, 9, 5, default));
    }

    [NodePeerFact("modbus-serial")]
    public async Task Modbus_serial_has_every_table_and_says_who_it_is()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");
        await using var client = Client(peer, ForeignServerSuite.Options);

        await ForeignServerSuite.PassesAsync(client);
        await ForeignServerSuite.IdentifiesAsync(client, "MS");
    }

    [NodePeerFact("modbus-serial")]
    public async Task Modbus_serial_reads_and_writes_our_server_over_TCP()
    {
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new FunctionBank());

        // 1000 is 3E8: its last four bits become 5.
        Assert.Equal(Report(997, "AirIsland"), await ReportAsync(server.Endpoint.Port, "tcp"));
    }

    [NodePeerFact("modbus-serial")]
    public async Task Modbus_serial_reads_and_writes_our_server_with_RTU_over_TCP()
    {
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new FunctionBank(), framing: ModbusFraming.Rtu);

        Assert.Equal(Report(1000, ""), await ReportAsync(server.Endpoint.Port, "rtu"));
    }

    [NodePeerFact("modbus-serial", Program = "socat")]
    public async Task Modbus_serial_reads_and_writes_our_server_behind_a_serial_port()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var wire = await SerialPair.OpenAsync($"tcp-listen:{port},bind=127.0.0.1");
        await using var server = await ModbusSerialServer.StartAsync(wire.FirstEnd, new FunctionBank(), null, default);

        Assert.Equal(Report(1000, ""), await ReportAsync(port, "rtu"));
    }

    private static string Report(int masked, string vendor) =>
        $$"""{"holding":[258,500,{{masked}}],"input":[9999],"coils":[true,false,true,true,false,false,true,true,true,false]"""
        + $$""","inputs":[true,false,false,true],"vendor":"{{vendor}}","refusal":2}""";

    private static async Task<string> ReportAsync(int port, string framing)
    {
        await using var client = await PeerProcess.NodeAsync("modbus-client.js", $"{port}", framing);
        return (await client.OutputAsync()).Trim();
    }

    private static ModbusClient Client(PeerProcess peer, ModbusClientOptions? options = null) =>
        new("127.0.0.1", peer.Port, options ?? new ModbusClientOptions { Timeout = TimeSpan.FromSeconds(5) });
}
