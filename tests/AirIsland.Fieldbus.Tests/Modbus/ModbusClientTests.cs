using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>What a client sends, and what it makes of right answers and refusals.</summary>
public class ModbusClientTests
{
    private static readonly ModbusClientOptions Writable = new() { Writable = true };

    [Fact]
    public async Task A_read_of_holding_registers_is_the_frame_of_the_specification()
    {
        await using var peer = new RawPeer(async c =>
        {
            var request = await c.ReceiveAsync();
            Assert.Equal("000000061103006B0003", Convert.ToHexString(request.AsSpan(2)));
            await c.SendAsync(RawConnection.Frame(request, RawConnection.Hex("03 06 022B 0000 0064")));
        });
        await using var client = Client(peer);

        Assert.Equal([0x022B, 0x0000, 0x0064], await client.ReadAsync(RegisterTable.Holding, 0x11, 0x6B, 3, default));
        Assert.Equal((1, 0, 0), (client.Requests, client.Timeouts, client.StrayFrames));
    }

    [Fact]
    public async Task Input_registers_are_read_with_function_4()
    {
        await using var peer = new RawPeer(async c =>
        {
            var request = await c.ReceiveAsync();
            Assert.Equal("00000006010400080001", Convert.ToHexString(request.AsSpan(2)));
            await c.SendAsync(RawConnection.Frame(request, RawConnection.Hex("04 02 000A")));
        });
        await using var client = Client(peer);

        Assert.Equal([10], await client.ReadAsync(RegisterTable.Input, 1, 8, 1, default));
    }

    [Fact]
    public async Task The_last_address_and_the_largest_read_are_sent_as_asked()
    {
        await using var peer = new RawPeer(async c =>
        {
            var last = await c.ReceiveAsync();
            Assert.Equal("03FFFF0001", Convert.ToHexString(last.AsSpan(7)));
            await c.SendAsync(RawConnection.Answer(last, 7));
            var largest = await c.ReceiveAsync();
            Assert.Equal("030000007D", Convert.ToHexString(largest.AsSpan(7)));
            await c.SendAsync(RawConnection.Answer(largest, [.. Enumerable.Range(0, 125).Select(i => (ushort)i)]));
        });
        await using var client = Client(peer);

        Assert.Equal([7], await client.ReadAsync(RegisterTable.Holding, 1, 65_535, 1, default));
        Assert.Equal(124, (await client.ReadAsync(RegisterTable.Holding, 1, 0, 125, default))[^1]);
    }

    [Theory]
    [InlineData(RegisterTable.Holding, 0, 0)]
    [InlineData(RegisterTable.Holding, 0, 126)]
    [InlineData(RegisterTable.Holding, 65_535, 2)]
    [InlineData(RegisterTable.Coil, 0, 1)]
    public async Task A_read_that_no_device_could_answer_is_a_mistake_of_the_caller(RegisterTable table, int address, int count)
    {
        await using var client = new ModbusClient("127.0.0.1", 1, new ModbusClientOptions());

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.ReadAsync(table, 1, (ushort)address, count, default));
        Assert.Equal(0, client.Requests);
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_code_and_the_connection_goes_on()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.SendAsync(RawConnection.Frame(await c.ReceiveAsync(), 0x83, 2));
            await c.SendAsync(RawConnection.Frame(await c.ReceiveAsync(), 0x83, 11));
            await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 42));
        });
        await using var client = Client(peer);

        var address = await Assert.ThrowsAsync<ModbusException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
        var gateway = await Assert.ThrowsAsync<ModbusException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));

        Assert.Equal((3, ModbusExceptionCode.IllegalDataAddress), (address.Function, address.Code));
        Assert.Equal(ModbusExceptionCode.GatewayTargetFailed, gateway.Code);
        Assert.Equal([42], await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task A_read_only_client_refuses_to_write_and_sends_nothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var client = new ModbusClient("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, new ModbusClientOptions());

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.WriteAsync(1, 0, [1], default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.WriteAsync(1, 0, [1, 2], default));

        Assert.False(listener.Pending());
        Assert.Equal(0, client.Requests);
    }

    [Fact]
    public async Task A_writable_client_writes_one_register_with_function_6_and_many_with_16()
    {
        await using var peer = new RawPeer(async c =>
        {
            var one = await c.ReceiveAsync();
            Assert.Equal("00000006110600010003", Convert.ToHexString(one.AsSpan(2)));
            await c.SendAsync(one);
            var many = await c.ReceiveAsync();
            Assert.Equal("0000000B11100001000204000A0102", Convert.ToHexString(many.AsSpan(2)));
            await c.SendAsync(RawConnection.Frame(many, RawConnection.Hex("10 0001 0002")));
        });
        await using var client = Client(peer, Writable);

        await client.WriteAsync(0x11, 1, [3], default);
        await client.WriteAsync(0x11, 1, [0x000A, 0x0102], default);
    }

    [Fact]
    public async Task An_echo_of_another_value_does_not_answer_a_write_and_the_right_one_does()
    {
        await using var peer = new RawPeer(async c =>
        {
            var request = await c.ReceiveAsync();
            request[^1] ^= 1;
            await c.SendAsync(request);
            request[^1] ^= 1;
            await c.SendAsync(request);
        });
        await using var client = Client(peer, Writable with { Timeout = TimeSpan.FromSeconds(10) });

        await client.WriteAsync(1, 1, [3], default);

        Assert.Equal(1, client.StrayFrames);
    }

    private static ModbusClient Client(RawPeer peer, ModbusClientOptions? options = null) =>
        new("127.0.0.1", peer.Port, options ?? new ModbusClientOptions { Timeout = TimeSpan.FromSeconds(5) });
}
