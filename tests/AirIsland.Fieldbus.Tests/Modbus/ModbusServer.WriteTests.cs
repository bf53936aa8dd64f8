using System.Net;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>Functions 6 and 16, byte by byte, and by a master nobody here wrote.</summary>
public class ModbusServerWriteTests : IAsyncLifetime
{
    private readonly SettableUnit _unit = new();
    private ModbusServer _server = null!;

    public Task InitializeAsync()
    {
        _server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), _unit);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    // Addresses 0 to 7 take 0 to 1000; the answer of a write is its head.
    [Theory]
    [InlineData("0001 0000 0006 01 06 0002 03E8", "0001 0000 0006 01 06 0002 03E8", "2=1000")]
    [InlineData("ABCD 0000 000B 01 10 0001 0002 04 000A 0102", "ABCD 0000 0006 01 10 0001 0002", "1=10 2=258")]
    [InlineData("0001 0000 0009 01 10 0007 0001 02 0001", "0001 0000 0006 01 10 0007 0001", "7=1")]
    [InlineData("0001 0000 0006 01 06 0008 0001", "0001 0000 0003 01 86 02", "")]
    [InlineData("0001 0000 000B 01 10 0007 0002 04 0001 0001", "0001 0000 0003 01 90 02", "")]
    [InlineData("0001 0000 000B 01 10 FFFF 0002 04 0001 0001", "0001 0000 0003 01 90 02", "")]
    [InlineData("0001 0000 0006 01 06 0002 03E9", "0001 0000 0003 01 86 03", "")]
    [InlineData("0001 0000 000B 01 10 0001 0002 04 000A 03E9", "0001 0000 0003 01 90 03", "")]
    [InlineData("0001 0000 0009 01 10 0001 0002 02 0001", "0001 0000 0003 01 90 03", "")]
    [InlineData("0001 0000 0009 01 10 0001 0000 02 0001", "0001 0000 0003 01 90 03", "")]
    [InlineData("0001 0000 0006 02 06 0002 0001", "0001 0000 0003 02 86 01", "")]
    [InlineData("0001 0000 0009 02 10 0002 0001 02 0001", "0001 0000 0003 02 90 01", "")]
    public async Task A_write_has_the_answer_of_the_specification_and_is_done_whole_or_not_at_all(
        string request, string answer, string written)
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendHexAsync(request);

        Assert.Equal(answer.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(await client.ReceiveAsync()));
        Assert.Equal(written, string.Join(' ', _unit.Registers.Index().Where(r => r.Item != 0).Select(r => $"{r.Index}={r.Item}")));
    }

    [Theory]
    [InlineData("0001 0000 0005 01 06 0002 00")]
    [InlineData("0001 0000 0007 01 06 0002 0001 00")]
    [InlineData("0001 0000 0006 01 10 0001 0001")]
    [InlineData("0001 0000 0008 01 10 0001 0001 02 00")]
    [InlineData("0001 0000 000A 01 10 0001 0001 02 0001 00")]
    public async Task A_malformed_write_closes_the_connection_and_writes_nothing(string request)
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendHexAsync(request);

        await client.ExpectCloseAsync();
        Assert.All(_unit.Registers, register => Assert.Equal(0, register));
    }

    [Fact]
    public async Task Our_own_client_writes_when_its_options_say_so()
    {
        var options = new ModbusClientOptions { Timeout = TimeSpan.FromSeconds(5), Writable = true };
        await using var client = new ModbusClient("127.0.0.1", _server.Endpoint.Port, options);

        await client.WriteAsync(1, 3, [7], default);
        await client.WriteAsync(1, 4, [8, 9], default);

        Assert.Equal([0, 7, 8, 9, 0], await client.ReadAsync(RegisterTable.Holding, 1, 2, 5, default));
        await Assert.ThrowsAsync<ModbusException>(() => client.WriteAsync(1, 4, [8, 1001], default));
    }

    /// <summary>Unit 1 has eight holding registers that take 0 to 1000; unit 2 can only be read.</summary>
    private sealed class SettableUnit : IModbusUnits
    {
        public ushort[] Registers { get; } = new ushort[8];

        public bool Serves(byte unit) => unit is 1 or 2;

        public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into) =>
            Registers.AsSpan(address, into.Length).CopyTo(into);

        public void Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
        {
            if (unit == 2) throw Refusal(ModbusExceptionCode.IllegalFunction);
            if (address + values.Length > Registers.Length) throw Refusal(ModbusExceptionCode.IllegalDataAddress);
            if (values.ContainsAnyExceptInRange((ushort)0, (ushort)1000)) throw Refusal(ModbusExceptionCode.IllegalDataValue);
            values.CopyTo(Registers.AsSpan(address));
        }

        private static ModbusException Refusal(ModbusExceptionCode code) => new(0, code);
    }
}
