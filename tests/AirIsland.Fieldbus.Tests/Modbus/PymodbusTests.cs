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

    [PythonPeerFact("pymodbus", "serial_asyncio")]
    public Task No_fault_of_pymodbus_over_TCP_becomes_a_value() => EveryFaultIsToldAsync("tcp", ModbusFraming.Tcp);

    [PythonPeerFact("pymodbus", "serial_asyncio")]
    public Task No_fault_of_pymodbus_with_RTU_over_TCP_becomes_a_value() => EveryFaultIsToldAsync("rtu", ModbusFraming.Rtu);

    private static async Task EveryFaultIsToldAsync(string argument, ModbusFraming framing)
    {
        await using var peer = await PeerProcess.PythonAsync("pymodbus-server.py", argument);
        var options = new ModbusClientOptions { Timeout = TimeSpan.FromMilliseconds(500) };
        await using var client = new ModbusClient(new TcpEndpoint("127.0.0.1", peer.Port), framing, options);
        Task<ushort[]> ReadAsync(int address) => client.ReadAsync(RegisterTable.Holding, 1, (ushort)address, 1, default);

        for (var code = 1; code <= 11; code++)
            Assert.Equal(code, (int)(await Assert.ThrowsAsync<ModbusException>(() => ReadAsync(900 + code))).Code);
        // Late, not at all, with bytes that are no frame, and with half a frame.
        foreach (var address in new[] { 920, 921, 922, 924 })
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(address));
            Assert.True(failure is TimeoutException or IOException, $"{address}: {failure}");
            Assert.Equal([(ushort)(8_000 + address + 20)], await ReadAsync(address + 20));
        }

        Assert.Equal([8_923], await ReadAsync(923));
        Assert.True(client.StrayFrames > 0);
    }

    private static ModbusClient Client(PeerProcess peer, ModbusClientOptions options) =>
        new(new TcpEndpoint("127.0.0.1", peer.Port), ModbusFraming.Rtu, options);
}
