using System.Net;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>What a server with RTU framing answers, byte by byte, also to masters that misbehave.</summary>
public class ModbusServerRtuTests : IAsyncLifetime
{
    private readonly FunctionBank _bank = new();
    private ModbusServer _server = null!;

    public Task InitializeAsync()
    {
        _bank.Holding[0x6B] = 0x022B;
        _server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), _bank, framing: ModbusFraming.Rtu);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("01 03 006B 0001", "01 03 02 022B")]
    [InlineData("01 04 0008 0002", "01 04 04 1F48 1F49")]
    [InlineData("01 02 0003 0009", "01 02 02 49 00")]
    [InlineData("01 05 0003 FF00", "01 05 0003 FF00")]
    [InlineData("01 05 0003 1234", "01 85 03")]
    [InlineData("01 0F 0013 000A 02 CD01", "01 0F 0013 000A")]
    [InlineData("01 0F 0013 000A 01 CD", "01 8F 03")]
    [InlineData("01 10 0001 0002 04 000A 0102", "01 10 0001 0002")]
    [InlineData("01 16 006B 00F2 0025", "01 16 006B 00F2 0025")]
    [InlineData("01 17 006B 0001 006B 0001 02 1234", "01 17 02 1234")]
    [InlineData("01 17 07D0 0001 0000 0001 02 1234", "01 97 02")]
    [InlineData("01 2B 0E 01 01", "01 2B 0E 01 83 00 00 02 01 04 42414E4B 02 03 312E30")]
    [InlineData("01 2B 0E 04 05", "01 2B 0E 04 83 00 00 01 05 01 4D")]
    [InlineData("01 2B 0E 04 09", "01 AB 02")]
    [InlineData("01 2B 0E 05 00", "01 AB 03")]
    [InlineData("01 2B 0D 00 00", "01 AB 01")]
    [InlineData("01 01 0000 07D1", "01 81 03")]
    [InlineData("01 03 07D0 0001", "01 83 02")]
    [InlineData("01 63 0102 0304", "01 E3 01")]
    public async Task A_request_has_the_answer_of_the_specification(string request, string answer)
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendAsync(RtuBytes.Frame(request));

        await ExpectAsync(client, answer);
    }

    [Fact]
    public async Task What_is_refused_was_not_written()
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendAsync(RtuBytes.Frame("01 17 07D0 0001 0000 0001 02 1234"));
        await ExpectAsync(client, "01 97 02");

        Assert.Equal(0, _bank.Holding[0]);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("01 03 00")]
    [InlineData("01 10 0001 0002 FF 000A")]
    [InlineData("02 03 04 0009 0009 1234")]
    public async Task Garbage_before_a_request_is_dropped(string garbage)
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendAsync([.. RawConnection.Hex(garbage), .. RtuBytes.Frame("01 03 006B 0001")]);

        await ExpectAsync(client, "01 03 02 022B");
    }

    [Fact]
    public async Task A_request_may_come_byte_by_byte()
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        foreach (var part in RtuBytes.Frame("01 03 006B 0001"))
        {
            await client.SendAsync(part);
            await Task.Delay(5);
        }

        await ExpectAsync(client, "01 03 02 022B");
    }

    [Fact]
    public async Task A_write_with_any_single_flipped_bit_is_neither_done_nor_answered()
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);
        var sound = RtuBytes.Frame("01 06 0001 0001");

        for (var bit = 0; bit < 8 * sound.Length; bit++)
        {
            var flipped = sound.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            await client.SendAsync(flipped);
        }

        await client.SendAsync(RtuBytes.Frame("01 03 006B 0001"));
        await ExpectAsync(client, "01 03 02 022B");
        Assert.All(_bank.Holding.Where((_, n) => n != 0x6B), register => Assert.Equal(0, register));
        Assert.False(client.HasMore);
    }

    [Fact]
    public async Task A_unit_that_does_not_exist_is_not_answered_for_and_the_others_are()
    {
        using var client = await RawConnection.OpenAsync(_server.Endpoint.Port);

        await client.SendAsync([.. RtuBytes.Frame("02 03 006B 0001"), .. RtuBytes.Frame("01 03 006B 0001")]);

        await ExpectAsync(client, "01 03 02 022B");
        Assert.False(client.HasMore);
    }

    private static async Task ExpectAsync(RawConnection client, string answer)
    {
        var expected = RtuBytes.Frame(answer);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(await client.ReceiveAsync(expected.Length)));
    }
}
