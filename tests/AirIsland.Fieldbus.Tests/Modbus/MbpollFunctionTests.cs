using System.Net;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>mbpoll (libmodbus) reads and writes every table that it knows, over TCP and over a serial line.</summary>
public class MbpollFunctionTests
{
    private readonly FunctionBank _bank = new();

    [ExternalFact("mbpoll")]
    public async Task Mbpoll_reads_and_writes_bits_and_registers_over_TCP()
    {
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), _bank);

        await PassesAsync(Mbpoll.Tcp(server.Endpoint.Port));
    }

    [ExternalFact("mbpoll", "socat")]
    public async Task Mbpoll_reads_and_writes_bits_and_registers_over_a_serial_line()
    {
        await using var wire = await SerialPair.OpenAsync();
        await using var server = await ModbusSerialServer.StartAsync(wire.FirstEnd, _bank, null, default);

        await PassesAsync(Mbpoll.Rtu(wire.Second));
    }

    private async Task PassesAsync((string[] Options, string Target) slave)
    {
        // Functions 6, 16, 5 and 15, then 3, 4, 1 and 2.
        Assert.Contains("Written 1 references", await Mbpoll.RunAsync(slave, "-r 10 -t 4", "258"), StringComparison.Ordinal);
        Assert.Contains("Written 2 references", await Mbpoll.RunAsync(slave, "-r 11 -t 4", "500", "1000"), StringComparison.Ordinal);
        Assert.Contains("Written 1 references", await Mbpoll.RunAsync(slave, "-r 3 -t 0", "1"), StringComparison.Ordinal);
        string[] bits = ["1", "0", "1", "1", "0", "0", "1", "1", "1", "0"];
        Assert.Contains("Written 10 references", await Mbpoll.RunAsync(slave, "-r 20 -t 0", bits), StringComparison.Ordinal);

        Assert.Equal([258, 500, 1000], _bank.Holding[10..13]);
        Assert.True(_bank.Coils[3]);
        Assert.Equal([258, 500, 1000], await Mbpoll.ReadAsync(slave, "-r 10 -c 3 -t 4"));
        Assert.Equal([9998, 9999], await Mbpoll.ReadAsync(slave, "-r 1998 -c 2 -t 3"));
        Assert.Equal([1, 0, 1, 1, 0, 0, 1, 1, 1, 0], await Mbpoll.ReadAsync(slave, "-r 20 -c 10 -t 0"));
        Assert.Equal([1, 0, 0, 1], await Mbpoll.ReadAsync(slave, "-r 3 -c 4 -t 1"));
        Assert.Contains("Illegal data address", await Mbpoll.RunAsync(slave, "-r 1999 -c 2 -t 4"), StringComparison.Ordinal);
    }
}
