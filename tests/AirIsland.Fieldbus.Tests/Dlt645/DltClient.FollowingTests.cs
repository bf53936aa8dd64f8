using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>Answers of several frames, from lines that send them right and wrong.</summary>
public class DltClientFollowingTests
{
    private const string Asked = "25 04 03 02 01 00";
    private const string Block = "00 FF 01 00";
    private static readonly MeterAddress Meter = MeterAddress.Parse("000102030425");
    private static readonly DltItem Energies = DltItems.Get("0001FF00");
    private static readonly DltClientOptions Patient = new() { Timeout = TimeSpan.FromSeconds(10), Pause = TimeSpan.Zero, Preamble = 0 };

    [Fact]
    public async Task Following_frames_are_asked_by_number_and_joined()
    {
        await using var line = new RawMeter(async line =>
        {
            Assert.Equal(Ask("11", Block), await line.ReceiveAsync());
            await line.SendFrameAsync(Asked, "B1", Block + " 01 00 00 00 02 00");
            Assert.Equal(Ask("12", Block + " 01"), await line.ReceiveAsync());
            await line.SendFrameAsync(Asked, "B2", Block + " 00 00 03 01");
            Assert.Equal(Ask("12", Block + " 02"), await line.ReceiveAsync());
            await line.SendFrameAsync(Asked, "92", Block + " 00 00 00 02");
        });
        await using var client = Client(line, Patient);

        Assert.Equal([0.01m, 0.02m, 0.03m], (await client.ReadAsync(Meter, Energies, default)).Values);
        Assert.Equal((3, 0), (client.Requests, client.StrayFrames));
    }

    [Fact]
    public async Task A_frame_with_another_number_is_a_stray()
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendFrameAsync(Asked, "B1", Block + " 01 00 00 00");
            await line.ReceiveAsync();
            await line.SendFrameAsync(Asked, "92", Block + " 99 00 00 00 02");
            await line.SendFrameAsync(Asked, "92", Block);
            await line.SendFrameAsync(Asked, "92", Block + " 02 00 00 00 01");
        });
        await using var client = Client(line, Patient);

        Assert.Equal([0.01m, 0.02m], (await client.ReadAsync(Meter, Energies, default)).Values);
        Assert.Equal(2, client.StrayFrames);
    }

    [Fact]
    public async Task The_edition_of_1997_follows_without_numbers()
    {
        await using var line = new RawMeter(async line =>
        {
            Assert.Equal(Ask("01", "1F 90"), await line.ReceiveAsync());
            await line.SendFrameAsync(Asked, "A1", "1F 90 01 00 00 00");
            Assert.Equal(Ask("02", "1F 90"), await line.ReceiveAsync());
            await line.SendFrameAsync(Asked, "82", "1F 90 02 00 00 00");
        });
        await using var client = Client(line, Patient);

        Assert.Equal([0.01m, 0.02m], (await client.ReadAsync(Meter, DltItems.Get("901F"), default)).Values);
    }

    [Fact]
    public async Task Half_a_block_is_no_block()
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendFrameAsync(Asked, "B1", Block + " 01 00 00 00");
            await line.ReceiveAsync();
            await line.SendFrameAsync(Asked, "D2", "01");
        });
        await using var client = Client(line, Patient);

        var refusal = await Assert.ThrowsAsync<DltException>(() => client.ReadAsync(Meter, Energies, default));

        Assert.Equal(DltRefusal.Other, refusal.Reason);
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_given_up()
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendFrameAsync(Asked, "B1", Block + " 01 00 00 00");
            for (var number = 1; number < 4; number++)
            {
                await line.ReceiveAsync();
                await line.SendFrameAsync(Asked, "B2", $"{Block} 01 00 00 00 0{number}");
            }
        });
        await using var client = Client(line, Patient with { MaxFrames = 4 });

        await Assert.ThrowsAsync<InvalidDataException>(() => client.ReadAsync(Meter, Energies, default));
        Assert.Equal(4, client.Requests);
    }

    private static string Ask(string control, string data) =>
        BitConverter.ToString(RawLine.Frame(Asked, control, data)).Replace('-', ' ');

    private static DltClient Client(RawMeter line, DltClientOptions options) =>
        new(DltLines.Over(new TcpEndpoint("127.0.0.1", line.Port)), options);
}
