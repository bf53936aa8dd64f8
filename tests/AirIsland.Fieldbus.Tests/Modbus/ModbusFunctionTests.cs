using System.Net;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>Every function, over every kind of line.</summary>
public class ModbusFunctionTests
{
    private readonly FunctionBank _bank = new();

    [Theory]
    [InlineData(ModbusFraming.Tcp)]
    [InlineData(ModbusFraming.Rtu)]
    public async Task Every_function_passes_over_TCP(ModbusFraming framing)
    {
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), _bank, framing: framing);

        await ModbusFunctionSuite.PassesAsync(new TcpEndpoint("127.0.0.1", server.Endpoint.Port), framing, _bank);
    }

    [ExternalFact("socat")]
    public async Task Every_function_passes_over_a_serial_line()
    {
        await using var wire = await SerialPair.OpenAsync();
        await using var server = await ModbusSerialServer.StartAsync(wire.FirstEnd, _bank, null, default);

        await ModbusFunctionSuite.PassesAsync(wire.SecondEnd, ModbusFraming.Rtu, _bank);
    }

    [ExternalFact("socat")]
    public async Task A_port_that_does_not_exist_is_an_IO_failure()
    {
        await using var client = new ModbusClient(new SerialEndpoint("/dev/ttyNONE"), ModbusFraming.Rtu, new ModbusClientOptions());

        await Assert.ThrowsAnyAsync<IOException>(() => client.ReadAsync(Fieldbus.Profiles.RegisterTable.Holding, 1, 0, 1, default));
    }
}
