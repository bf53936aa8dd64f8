using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>What a server answers, byte by byte, and through our own client.</summary>
public class ModbusServerTests : IAsyncLifetime
{
    private readonly RegisterBank _bank = new(1, 17);
    private ModbusServer _server = null!;

    public Task InitializeAsync()
    {
        _bank.Set(RegisterTable.Holding, 17, 0x6B, 0x022B, 0x0000, 0x0064);
        _bank.Set(RegisterTable.Input, 17, 8, 10);
        _bank.Set(RegisterTable.Holding, 1, 65_535, 0xFFFF);
        _server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), _bank);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("0001 0000 0006 11 03 006B 0003", "0001 0000 0009 11 03 06 022B 0000 0064")]
    [InlineData("ABCD 0000 0006 11 04 0008 0001", "ABCD 0000 0005 11 04 02 000A")]
    [InlineData("0001 0000 0006 01 03 FFFF 0001", "0001 0000 0005 01 03 02 FFFF")]
    [InlineData("0001 0000 0006 11 03 006B 0004", "0001 0000 0003 11 83 02")]
    [InlineData("0001 0000 0006 11 04 006B 0001", "0001 0000 0003 11 84 02")]
    [InlineData("0001 0000 0006 01 03 FFFF 0002", "0001 0000 0003 01 83 02")]
    [InlineData("0001 0000 0006 11 03 0000 0000", "0001 0000 0003 11 83 03")]
    [InlineData("0001 0000 0006 11 03 0000 007E", "0001 0000 0003 11 83 03")]
    [InlineData("0001 0000 0006 11 01 0000 0001", "0001 0000 0003 11 81 01")]
    [InlineData("0001 0000 0006 11 06 006B 0001", "0001 0000 0003 11 86 01")]
    [InlineData("0001 0000 0009 11 10 006B 0001 02 0001", "0001 0000 0003 11 90 01")]
    [InlineData("0001 0000 0005 11 2B 0E 01 00", "0001 0000 0003 11 AB 01")]
    public async Task A_request_has_the_answer_of_the_specification(string request, string answer)
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendHexAsync(request);

        Assert.Equal(answer.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(await client.ReceiveAsync()));
    }

    [Theory]
    [InlineData("0001 0001 0006 11 03 006B 0003")]
    [InlineData("0001 0000 0001 11 03 006B 0003")]
    [InlineData("0001 0000 00FF 11 03 006B 0003")]
    [InlineData("0001 0000 0005 11 03 006B 00")]
    [InlineData("0001 0000 0007 11 03 006B 0003 00")]
    [InlineData("4745 5420 2F20 48 54 5450 2F31")]
    public async Task A_malformed_frame_closes_the_connection_and_no_other(string request)
    {
        using var sound = await RawConnection.OpenAsync(_server.Endpoint.Port);
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendHexAsync(request);
        await client.ExpectCloseAsync();

        await sound.SendHexAsync("0001 0000 0006 11 04 0008 0001");
        Assert.Equal(10, (await sound.ReceiveAsync())[^1]);
    }

    [Fact]
    public async Task A_unit_that_does_not_exist_is_not_answered_for_and_the_others_are()
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendHexAsync("0001 0000 0006 05 03 006B 0003");
        await client.SendHexAsync("0002 0000 0006 11 04 0008 0001");

        Assert.Equal("000200000005110402000A", Convert.ToHexString(await client.ReceiveAsync()));
    }

    [Fact]
    public async Task Requests_may_come_in_one_segment_or_byte_by_byte()
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendHexAsync("0001 0000 0006 11 04 0008 0001 0002 0000 0006 11 04 0008 0001");
        Assert.Equal(1, (await client.ReceiveAsync())[1]);
        Assert.Equal(2, (await client.ReceiveAsync())[1]);
        foreach (var part in RawConnection.Hex("0003 0000 0006 11 04 0008 0001"))
            await client.SendAsync(part);

        Assert.Equal(3, (await client.ReceiveAsync())[1]);
    }

    [Fact]
    public async Task Many_clients_read_at_once_through_our_own_client()
    {
        for (var address = 0; address < 1_000; address++)
            _bank.Set(RegisterTable.Holding, 1, address, (ushort)(address * 31));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            await using var client = Client();
            for (var address = number; address < 900; address += 100)
            {
                var expected = Enumerable.Range(address, 100).Select(a => (ushort)(a * 31));
                Assert.Equal(expected, await client.ReadAsync(RegisterTable.Holding, 1, (ushort)address, 100, default));
            }
        }));
    }

    [Fact]
    public async Task What_a_profile_encodes_is_what_the_edge_reads()
    {
        var profile = Profiles.ShippedProfiles.Load("suto-s401");
        foreach (var point in profile.Points)
            _bank.Set(17, point, point.Resolution * 1_234);
        await using var client = Client();

        foreach (var block in BlockPlanner.Plan(profile.Points, profile.Points, profile.MaxRegisters, profile.MaxGap))
        {
            var registers = await client.ReadAsync(block.Table, 17, block.Address, block.Count, default);
            Assert.All(block.Points, p => Assert.Equal(1_234, PointCodec.ToCount(p, block.Slice(p, registers))));
        }
    }

    [Fact]
    public async Task Random_bytes_do_not_stop_the_server()
    {
        var random = new Random(20_260_301);
        for (var i = 0; i < 100; i++)
        {
            var bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);
            using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);
            await client.SendAsync(bytes);
        }

        await using var sound = Client();
        Assert.Equal([10], await sound.ReadAsync(RegisterTable.Input, 17, 8, 1, default));
    }

    [Fact]
    public async Task Disposing_the_server_closes_its_clients_and_frees_its_port()
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);
        await client.SendHexAsync("0001 0000 0006 11 04 0008 0001");
        await client.ReceiveAsync();

        await _server.DisposeAsync();

        await client.ExpectCloseAsync();
        using var late = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(() => late.ConnectAsync(_server.Endpoint));
    }

    [Fact]
    public async Task A_fault_inside_a_unit_ends_its_connection_and_is_told_when_the_server_closes()
    {
        var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new FaultyUnits());
        using (var client = await RawConnection.OpenAsync(server.Endpoint.Port))
        {
            await client.SendHexAsync("0001 0000 0006 11 04 0008 0001");
            await client.ExpectCloseAsync();
        }

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => server.DisposeAsync().AsTask());
        Assert.Equal("a fault of the plant", fault.Message);
    }

    private ModbusClient Client() => new("127.0.0.1", _server.Endpoint.Port, new ModbusClientOptions { Timeout = TimeSpan.FromSeconds(5) });

    private sealed class FaultyUnits : IModbusUnits
    {
        public bool Serves(byte unit) => true;

        public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into) =>
            throw new InvalidOperationException("a fault of the plant");
    }
}
