using System.Diagnostics;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>What an RTU client makes of peers that misbehave, where there is no transaction to tell an old answer by.</summary>
public class RtuClientTroubleTests
{
    private const int RequestLength = 8;

    private static readonly ModbusClientOptions Patient = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly ModbusClientOptions Impatient = new() { Timeout = TimeSpan.FromMilliseconds(400) };

    // All before the right answer 0001 0002 of unit 7.
    [Theory]
    [InlineData("another unit", "08 03 04 0009 0009")]
    [InlineData("another function", "07 04 04 0009 0009")]
    [InlineData("another byte count", "07 03 06 0009 0009")]
    [InlineData("more registers than asked for", "07 03 06 0009 0009 0009")]
    [InlineData("fewer registers than asked for", "07 03 02 0009")]
    [InlineData("an answer without data", "07 03")]
    [InlineData("a refusal of another function", "07 84 02")]
    [InlineData("a refusal that something follows", "07 83 02")]
    public async Task A_stray_frame_is_dropped_and_counted(string what, string stray)
    {
        await using var peer = Peer(request => [.. RtuBytes.Frame(stray), .. RtuBytes.Answer(request, 1, 2)]);
        await using var client = Client(peer.Port, Patient);

        Assert.True(await client.ReadAsync(RegisterTable.Holding, 7, 0, 2, default) is [1, 2], what);
        Assert.Equal((1, 0), (client.StrayFrames, client.Timeouts));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("FF FF FF")]
    [InlineData("07")]
    [InlineData("07 03")]
    [InlineData("07 03 04 0009")]
    public async Task Garbage_before_a_frame_is_dropped_and_counted(string garbage)
    {
        await using var peer = Peer(request => [.. RawConnection.Hex(garbage), .. RtuBytes.Answer(request, 1, 2)]);
        await using var client = Client(peer.Port, Patient);

        Assert.Equal([1, 2], await client.ReadAsync(RegisterTable.Holding, 7, 0, 2, default));
        Assert.Equal(1, client.StrayFrames);
    }

    [Fact]
    public async Task Garbage_longer_than_any_frame_is_dropped()
    {
        await using var peer = Peer(request => [.. Enumerable.Repeat((byte)7, 5_000), .. RtuBytes.Answer(request, 1, 2)]);
        await using var client = Client(peer.Port, Patient);

        Assert.Equal([1, 2], await client.ReadAsync(RegisterTable.Holding, 7, 0, 2, default));
    }

    [Fact]
    public async Task A_frame_with_any_single_flipped_bit_is_refused()
    {
        byte[] Flipped(byte[] frame, int bit)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            return frame;
        }

        // One register, so that a refusal could hide in the frame; every flipped frame in turn, then the right one.
        await using var peer = Peer(request =>
        [
            .. Enumerable.Range(0, 7 * 8).SelectMany(bit => Flipped(RtuBytes.Answer(request, 0x8302), bit)),
            .. RtuBytes.Answer(request, 42),
        ]);
        await using var client = Client(peer.Port, Patient);

        Assert.Equal([42], await client.ReadAsync(RegisterTable.Holding, 7, 0, 1, default));
    }

    [Fact]
    public async Task An_answer_may_come_byte_by_byte()
    {
        await using var peer = new RawPeer(async c =>
        {
            foreach (var part in RtuBytes.Answer(await c.ReceiveAsync(RequestLength), 0x1234, 0x5678))
            {
                await c.SendAsync(part);
                await Task.Delay(10);
            }
        });
        await using var client = Client(peer.Port, Patient);

        Assert.Equal([0x1234, 0x5678], await client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
        Assert.Equal(0, client.StrayFrames);
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_code_and_the_connection_goes_on()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.ReceiveAsync(RequestLength);
            await c.SendAsync(RtuBytes.Frame("07 83 0B"));
            await c.SendAsync(RtuBytes.Answer(await c.ReceiveAsync(RequestLength), 42));
        });
        await using var client = Client(peer.Port, Patient);

        var refusal = await Assert.ThrowsAsync<ModbusException>(() => client.ReadAsync(RegisterTable.Holding, 7, 0, 1, default));

        Assert.Equal((3, ModbusExceptionCode.GatewayTargetFailed), (refusal.Function, refusal.Code));
        Assert.Equal([42], await client.ReadAsync(RegisterTable.Holding, 7, 0, 1, default));
        Assert.Equal((0, 1), (client.StrayFrames, peer.Connections));
    }

    [Fact]
    public async Task Half_an_answer_is_a_timeout_and_the_next_read_is_right()
    {
        await using var peer = new RawPeer(
            async c =>
            {
                await c.SendAsync(RtuBytes.Answer(await c.ReceiveAsync(RequestLength), 1, 2)[..^2]);
                await c.ExpectCloseAsync();
            },
            async c => await c.SendAsync(RtuBytes.Answer(await c.ReceiveAsync(RequestLength), 3, 4)));
        await using var client = Client(peer.Port, Impatient);

        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
        Assert.Equal([3, 4], await client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
        Assert.Equal((1, 1), (client.StrayFrames, client.Timeouts));
    }

    [Fact]
    public async Task An_echo_is_taken_off_and_an_echoed_write_is_not_its_own_answer()
    {
        await using var peer = new RawPeer(async c =>
        {
            var read = await c.ReceiveAsync(RequestLength);
            await c.SendAsync([.. read, .. RtuBytes.Answer(read, 42)]);
            await c.SendAsync(await c.ReceiveAsync(RequestLength));
            await c.ExpectCloseAsync();
        });
        await using var client = Client(peer.Port, Impatient with { Echoes = true, Writable = true });

        Assert.Equal([42], await client.ReadAsync(RegisterTable.Holding, 7, 0, 1, default));
        Assert.Equal(0, client.StrayFrames);
        await Assert.ThrowsAsync<TimeoutException>(() => client.WriteAsync(7, 0, [1], default));
    }

    [Fact]
    public async Task A_silence_lies_between_an_answer_and_the_next_request()
    {
        var gap = TimeSpan.Zero;
        await using var peer = new RawPeer(async c =>
        {
            await c.SendAsync(RtuBytes.Answer(await c.ReceiveAsync(RequestLength), 1));
            var answered = Stopwatch.GetTimestamp();
            var request = await c.ReceiveAsync(RequestLength);
            gap = Stopwatch.GetElapsedTime(answered);
            await c.SendAsync(RtuBytes.Answer(request, 1));
        });
        var endpoint = new TcpEndpoint("127.0.0.1", peer.Port) { Silence = TimeSpan.FromMilliseconds(100) };
        await using var client = new ModbusClient(endpoint, ModbusFraming.Rtu, Patient);

        await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);

        Assert.True(gap > TimeSpan.FromMilliseconds(80), $"{gap.TotalMilliseconds} ms");
    }

    [Fact]
    public async Task A_delay_lies_between_connecting_and_the_first_request()
    {
        var delay = TimeSpan.Zero;
        await using var peer = new RawPeer(async c =>
        {
            var connected = Stopwatch.GetTimestamp();
            var request = await c.ReceiveAsync(RequestLength);
            delay = Stopwatch.GetElapsedTime(connected);
            await c.SendAsync(RtuBytes.Answer(request, 1));
        });
        await using var client = Client(peer.Port, Patient with { DelayAfterConnect = TimeSpan.FromMilliseconds(200) });

        await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);

        Assert.True(delay > TimeSpan.FromMilliseconds(150), $"{delay.TotalMilliseconds} ms");
    }

    [Theory]
    [InlineData(9_600, SerialParity.Even, 3.5 * 11 / 9.6)]
    [InlineData(9_600, SerialParity.None, 3.5 * 10 / 9.6)]
    [InlineData(19_200, SerialParity.None, 3.5 * 10 / 19.2)]
    [InlineData(115_200, SerialParity.Even, 1.75)]
    public void Silence_is_three_and_a_half_characters_and_never_shorter_than_at_19200_baud(int baud, SerialParity parity, double ms) =>
        Assert.Equal(ms, new SerialEndpoint("/dev/ttyS0") { Baud = baud, Parity = parity }.Silence.TotalMilliseconds, 3);

    private static RawPeer Peer(Func<byte[], byte[]> answer) =>
        new(async c => await c.SendAsync(answer(await c.ReceiveAsync(RequestLength))));

    private static ModbusClient Client(int port, ModbusClientOptions options) =>
        new(new TcpEndpoint("127.0.0.1", port), ModbusFraming.Rtu, options);
}
