using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>The functions beside 3, 4, 6 and 16: the frames of the specification, which answers are theirs, and which may leave.</summary>
public class ModbusClientFunctionTests
{
    private static readonly ModbusClientOptions Writable = new() { Timeout = TimeSpan.FromSeconds(5), Writable = true };

    public static TheoryData<string, Func<ModbusClient, Task>> Writes => new()
    {
        { "5", c => c.WriteBitsAsync(1, 0, [true], default) },
        { "6", c => c.WriteAsync(1, 0, [1], default) },
        { "15", c => c.WriteBitsAsync(1, 0, [true, false], default) },
        { "16", c => c.WriteAsync(1, 0, [1, 2], default) },
        { "22", c => c.MaskWriteAsync(1, 0, 1, 2, default) },
        { "23", c => c.ReadWriteAsync(1, 0, 1, 0, [1], default) },
    };

    // Requests and answers of the application protocol V1.1b3, section 6; before each answer the same with its last byte, or its
    // byte count, wrong.
    [Theory]
    [InlineData("01 0013 0013", "01 03 CD 6B 05", "01 02 CD 6B")]
    [InlineData("02 00C4 0016", "02 03 AC DB 35", "02 04 AC DB 35 00")]
    [InlineData("05 00AC FF00", "05 00AC FF00", "05 00AC 0000")]
    [InlineData("0F 0013 000A 02 CD 01", "0F 0013 000A", "0F 0013 0009")]
    [InlineData("16 0004 00F2 0025", "16 0004 00F2 0025", "16 0004 00F2 0024")]
    [InlineData("17 0003 0006 000E 0003 06 00FF 00FF 00FF", "17 0C 00FE 0ACD 0001 0003 000D 00FF", "17 0C 00FE 0ACD")]
    [InlineData("2B 0E 01 00", "2B 0E 01 01 00 00 01 00 02 4142", "2B 0E 02 01 00 00 01 00 02 4142")]
    public async Task A_request_is_the_frame_of_the_specification_and_only_its_own_answer_is_taken(
        string request, string answer, string stray)
    {
        await using var peer = new RawPeer(async c =>
        {
            var asked = await c.ReceiveAsync();
            Assert.Equal(request.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(asked.AsSpan(7)));
            await c.SendAsync(
                [.. RawConnection.Frame(asked, RawConnection.Hex(stray)), .. RawConnection.Frame(asked, RawConnection.Hex(answer))]);
        });
        await using var client = new ModbusClient("127.0.0.1", peer.Port, Writable);

        await CallAsync(client, request[..2]);

        Assert.Equal((1, 0), (client.StrayFrames, client.Timeouts));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_read_only_client_sends_no_writing_function(string function, Func<ModbusClient, Task> write)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = new TcpEndpoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        foreach (var framing in new[] { ModbusFraming.Tcp, ModbusFraming.Rtu })
        {
            await using var client = new ModbusClient(endpoint, framing, new ModbusClientOptions());

            await Assert.ThrowsAsync<InvalidOperationException>(() => write(client));

            Assert.True(client.Requests == 0 && !listener.Pending(), function);
        }
    }

    [Fact]
    public async Task An_identification_that_never_ends_is_bounded()
    {
        var answers = 0;
        await using var peer = new RawPeer(async c =>
        {
            for (; answers < 256; answers++)
                await c.SendAsync(RawConnection.Frame(await c.ReceiveAsync(), RawConnection.Hex("2B 0E 03 83 FF 00 01 00 01 41")));
        });
        await using var client = new ModbusClient("127.0.0.1", peer.Port, Writable);

        var identity = await client.IdentifyAsync(1, ModbusIdentityLevel.Extended, default);

        Assert.Equal(("A", 256), (identity.Vendor, answers));
    }

    [Fact]
    public async Task A_client_that_hung_up_connects_again_when_asked()
    {
        await using var peer = new RawPeer(
            async c =>
            {
                await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 1));
                await c.ExpectCloseAsync();
            },
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 2)));
        await using var client = new ModbusClient("127.0.0.1", peer.Port, Writable);

        Assert.Equal([1], await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
        await client.HangUpAsync(default);
        Assert.Equal([2], await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
    }

    private static Task CallAsync(ModbusClient client, string function) => function switch
    {
        "01" => client.ReadBitsAsync(RegisterTable.Coil, 1, 0x13, 19, default),
        "02" => client.ReadBitsAsync(RegisterTable.DiscreteInput, 1, 0xC4, 22, default),
        "05" => client.WriteBitsAsync(1, 0xAC, [true], default),
        "0F" => client.WriteBitsAsync(1, 0x13, [true, false, true, true, false, false, true, true, true, false], default),
        "16" => client.MaskWriteAsync(1, 4, 0xF2, 0x25, default),
        "17" => client.ReadWriteAsync(1, 3, 6, 0x0E, [0xFF, 0xFF, 0xFF], default),
        "2B" => client.IdentifyAsync(1, ModbusIdentityLevel.Basic, default),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "No request of the specification"),
    };
}
