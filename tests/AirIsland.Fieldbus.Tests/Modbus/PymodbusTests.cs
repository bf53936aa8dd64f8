using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>python3-pymodbus serves our client, also with the functions that no other peer has: 22 and 23.</summary>
public class PymodbusTests
{
    [PythonPeerFact("pymodbus", "serial_asyncio")]
    public async Task Pymodbus_is_read_and_written_with_RTU_over_TCP()
    {
        await using var peer = await PeerProcess.PythonAsync("pymodbus-server.py");
        await using var client = Client(peer, ForeignServerSuite.Options);

        await ForeignServerSuite.PassesAsync(client);
        await ForeignServerSuite.MasksAndExchangesAsync(client);
        await ForeignServerSuite.IdentifiesAsync(client, "PM");
    }

    [PythonPeerFact("pymodbus", "serial_asyncio")]
    public async Task Pymodbus_is_read_and_written_over_TCP()
    {
        await using var peer = await PeerProcess.PythonAsync("pymodbus-server.py", "tcp");
        await using var client = new ModbusClient("127.0.0.1", peer.Port, ForeignServerSuite.Options);

        await ForeignServerSuite.PassesAsync(client);
        await ForeignServerSuite.MasksAndExchangesAsync(client);
        await ForeignServerSuite.IdentifiesAsync(client, "PM");
    }

    [PythonPeerFact("pymodbus", "serial_asyncio")]
    public async Task Pymodbus_refuses_an_address_is_silent_for_a_unit_and_the_next_read_is_right()
    {
        await using var peer = await PeerProcess.PythonAsync("pymodbus-server.py");
        await using var client = Client(peer, ForeignServerSuite.Options with { Timeout = TimeSpan.FromSeconds(1) });

        var refusal = await Assert.ThrowsAsync<ModbusException>(() => client.ReadAsync(RegisterTable.Holding, 1, 2_000, 2, default));
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, refusal.Code);
        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 2, 0, 1, default));
        Assert.Equal([8_003], await client.ReadAsync(RegisterTable.Holding, 1, 3, 1, default));
    }

    private static ModbusClient Client(PeerProcess peer, ModbusClientOptions options) =>
        new(new TcpEndpoint("127.0.0.1", peer.Port), ModbusFraming.Rtu, options);
}
