using System.Globalization;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>What an RTU client makes of trouble on a wire, which cannot be closed and opened to be rid of a late answer.</summary>
public class RtuClientWireTests
{
    private const int RequestLength = 8;

    private static readonly ModbusClientOptions Impatient = new() { Timeout = TimeSpan.FromMilliseconds(400) };

    [ExternalFact("socat")]
    public async Task A_late_answer_is_drained_and_the_next_read_is_right()
    {
        await using var peer = new RawPeer(async c =>
        {
            var request = await c.ReceiveAsync(RequestLength);
            await Task.Delay(600);
            await c.SendAsync(RtuBytes.Answer(request, 666));
            await c.SendAsync(RtuBytes.Answer(await c.ReceiveAsync(RequestLength), 42));
        });
        await using var port = await SerialPair.OpenAsync(Address(peer));
        var options = Impatient with { LateAnswer = TimeSpan.FromSeconds(1) };
        await using var client = new ModbusClient(port.FirstEnd, ModbusFraming.Rtu, options);

        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));

        Assert.Equal([42], await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
        Assert.Equal((2, 1, 1, 1), (client.Requests, client.Timeouts, client.StrayFrames, peer.Connections));
    }

    [ExternalFact("socat")]
    public async Task A_late_answer_of_one_unit_is_not_taken_for_that_of_another()
    {
        await using var peer = new RawPeer(async c =>
        {
            var late = await c.ReceiveAsync(RequestLength);
            var request = await c.ReceiveAsync(RequestLength);
            await c.SendAsync([.. RtuBytes.Answer(late, 666), .. RtuBytes.Answer(request, 42)]);
        });
        await using var port = await SerialPair.OpenAsync(Address(peer));
        await using var client = new ModbusClient(port.FirstEnd, ModbusFraming.Rtu, Impatient);

        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));

        Assert.Equal([42], await client.ReadAsync(RegisterTable.Holding, 2, 0, 1, default));
        Assert.Equal(1, client.StrayFrames);
    }

    [ExternalFact("socat")]
    public async Task A_wire_that_is_never_silent_is_a_timeout_and_no_endless_wait()
    {
        using var enough = new CancellationTokenSource();
        await using var peer = new RawPeer(async c =>
        {
            await c.ReceiveAsync(RequestLength);
            while (!enough.IsCancellationRequested)
            {
                await c.SendAsync(0x55);
                await Task.Delay(1);
            }
        });
        await using var port = await SerialPair.OpenAsync(Address(peer));
        // Silence of 233 ms, which the noise is sure to fill.
        var slow = port.FirstEnd with { Baud = 150 };
        await using var client = new ModbusClient(slow, ModbusFraming.Rtu, Impatient with { LateAnswer = TimeSpan.Zero });

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));

        Assert.Equal((1, 2), (client.Requests, client.Timeouts));
        await enough.CancelAsync();
    }

    [ExternalFact("socat")]
    public async Task An_adapter_that_is_pulled_out_fails_the_read_and_works_again_when_it_is_back()
    {
        var bank = new FunctionBank();
        await using var server = ModbusServer.Start(new(System.Net.IPAddress.Loopback, 0), bank, framing: ModbusFraming.Rtu);
        var address = $"tcp:127.0.0.1:{server.Endpoint.Port}";
        await using var port = await SerialPair.OpenAsync(address);
        await using var client = new ModbusClient(port.FirstEnd, ModbusFraming.Rtu, Impatient with { LateAnswer = TimeSpan.Zero });
        Assert.Equal([8_000], await client.ReadAsync(RegisterTable.Input, 1, 0, 1, default));

        await port.PullOutAsync();
        for (var i = 0; i < 3; i++)
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => client.ReadAsync(RegisterTable.Input, 1, 0, 1, default));
            Assert.True(failure is TimeoutException or IOException, failure.ToString());
        }

        await port.PlugInAsync(address);
        Assert.Equal([8_001], await client.ReadAsync(RegisterTable.Input, 1, 1, 1, default));
    }

    private static string Address(RawPeer peer) => string.Create(CultureInfo.InvariantCulture, $"tcp:127.0.0.1:{peer.Port}");
}
