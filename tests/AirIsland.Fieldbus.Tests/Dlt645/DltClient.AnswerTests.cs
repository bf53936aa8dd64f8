using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>What a client makes of published bytes, of frames that answer something else, and of damage: no wrong value.</summary>
public class DltClientAnswerTests
{
    private const string Asked = "25 04 03 02 01 00";
    private const string Wake = "FE FE FE FE ";
    private static readonly MeterAddress Meter = MeterAddress.Parse("000102030425");
    private static readonly DltItem Energy = DltItems.Get("00010000");
    private static readonly DltClientOptions Patient = new() { Timeout = TimeSpan.FromSeconds(10), Pause = TimeSpan.Zero };
    private static readonly DltClientOptions Impatient = new()
    {
        Timeout = TimeSpan.FromSeconds(1),
        Silence = TimeSpan.FromMilliseconds(300),
        Pause = TimeSpan.Zero,
    };

    public static TheoryData<string, byte[]> Strays => new()
    {
        { "our own question, heard back", PublishedFrames.Bytes(PublishedFrames.AskEnergy2007) },
        { "another meter", RawLine.Frame("26 04 03 02 01 00", "91", "00 00 01 00 99 00 00 00") },
        { "another function", RawLine.Frame(Asked, "93", "00 00 01 00 99 00 00 00") },
        { "the other edition", RawLine.Frame(Asked, "81", "10 90 99 00 00 00") },
        { "another identifier", RawLine.Frame(Asked, "91", "00 00 02 00 99 00 00 00") },
        { "an identifier cut short", RawLine.Frame(Asked, "91", "00 00 01") },
        { "an answer without data", RawLine.Frame(Asked, "91", "") },
        { "a refusal of another function", RawLine.Frame(Asked, "D2", "02") },
        { "a refusal without a reason", RawLine.Frame(Asked, "D1", "") },
        { "a refusal of another meter", RawLine.Frame("26 04 03 02 01 00", "D1", "02") },
    };

    [Fact]
    public async Task The_published_question_is_sent_and_the_published_answer_read()
    {
        await using var line = new RawMeter(async line =>
        {
            Assert.Equal(Wake + PublishedFrames.AskEnergy2007, await line.ReceiveAsync());
            await line.SendAsync(PublishedFrames.Energy2007);
            Assert.Equal(Wake + PublishedFrames.AskVoltage1997, await line.ReceiveAsync());
            await line.SendAsync(PublishedFrames.Voltage1997);
        });
        await using var client = Client(line, Patient);

        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.Equal(100m, (await client.ReadAsync(MeterAddress.Parse("000000000003"), DltItems.Get("B611"), default)).Value);
    }

    [Theory]
    [MemberData(nameof(PublishedFrames.Blocks), MemberType = typeof(PublishedFrames))]
    public async Task A_published_block_is_read_and_fillers_are_missing(string answer, string identifier, decimal?[] values)
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendAsync(answer);
        });
        await using var client = Client(line, Patient);

        var reading = await client.ReadAsync(MeterAddress.Any, DltItems.Get(identifier), default);

        Assert.Equal(values, reading.Values);
    }

    [Theory]
    [MemberData(nameof(PublishedFrames.Addresses), MemberType = typeof(PublishedFrames))]
    public async Task A_published_address_is_read(string answer, string address)
    {
        await using var line = new RawMeter(async line =>
        {
            Assert.Equal(Wake + PublishedFrames.AskAddress, await line.ReceiveAsync());
            await line.SendAsync(answer);
        });
        await using var client = Client(line, Patient);

        Assert.Equal(address, (await client.ReadAddressAsync(default)).ToString());
    }

    [Fact]
    public async Task An_old_meter_that_answers_with_the_wildcard_is_read_but_has_no_address()
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendAsync("68 AA AA AA AA AA AA 68 81 06 43 C3 94 A5 35 33 FA 16");
        });
        await using var client = Client(line, Patient);

        var reading = await client.ReadAsync(MeterAddress.Any, DltItems.Get("9010"), default);

        Assert.Equal((272.61m, false), (reading.Value, reading.Meter.IsExact));
    }

    [Fact]
    public async Task A_published_refusal_is_told_and_the_next_read_is_right()
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendAsync(PublishedFrames.RefusedNotAuthorised);
            await line.ReceiveAsync();
            await line.SendAsync("FE FE FE FE 68 60 07 92 04 00 91 68 91 08 33 33 33 33 97 35 A8 33 6A 16");
        });
        await using var client = Client(line, Patient);
        var meter = MeterAddress.Parse("910004920760");

        var refusal = await Assert.ThrowsAsync<DltException>(() => client.ReadAsync(meter, Energy, default));

        Assert.Equal(DltRefusal.NotAuthorised, refusal.Reason);
        Assert.Equal(7502.64m, (await client.ReadAsync(meter, DltItems.Get("00000000"), default)).Value);
    }

    [Theory]
    [MemberData(nameof(Strays))]
    public async Task A_stray_frame_is_dropped_and_counted(string what, byte[] stray)
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendAsync([.. stray, .. PublishedFrames.Bytes(PublishedFrames.Energy2007)]);
        });
        await using var client = Client(line, Patient);

        Assert.True((await client.ReadAsync(Meter, Energy, default)).Value == 1206.42m, what);
        Assert.Equal((1, 0), (client.StrayFrames, client.Timeouts));
    }

    [Fact]
    public async Task An_answer_may_come_byte_by_byte_behind_garbage()
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            foreach (var part in PublishedFrames.Bytes("00 68 11 16 FE " + PublishedFrames.Energy2007))
            {
                await line.SendAsync(part);
                await Task.Delay(5);
            }
        });
        await using var client = Client(line, Patient);

        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.Equal(4, client.DroppedBytes);
    }

    [Fact]
    public async Task Whatever_noise_goes_ahead_and_however_it_is_split_the_value_is_right() =>
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async seed =>
        {
            byte[] telltale = [0x68, 0x16, 0xFE, 0x91, 0x33, 0x25];
            var random = new Random(seed);
            var noise = Enumerable.Range(0, random.Next(80)).Select(_ => telltale[random.Next(telltale.Length)]);
            byte[] answer = [.. noise, .. PublishedFrames.Bytes(PublishedFrames.Energy2007)];
            await using var line = new RawMeter(async line =>
            {
                await line.ReceiveAsync();
                foreach (var part in answer.Chunk(random.Next(1, 20)))
                    await line.SendAsync(part);
                await line.ExpectCloseAsync();
            });
            await using var client = Client(line, Patient);

            var reading = await client.ReadAsync(Meter, Energy, default);

            Assert.True(reading.Value == 1206.42m, $"seed {seed}");
        }));

    [Fact]
    public async Task A_false_start_is_given_up_after_the_pause_that_no_frame_has()
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendAsync("68 01 02 03 04 05 06 68 91 C8 " + PublishedFrames.Energy2007);
            await line.ExpectCloseAsync();
        });
        await using var client = Client(line, Patient with { ByteGap = TimeSpan.FromMilliseconds(50) });

        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.Equal((10, 0), (client.DroppedBytes, client.Timeouts));
    }

    [Fact]
    public async Task A_damaged_answer_is_a_timeout_and_never_a_number()
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendAsync(PublishedFrames.Energy2007.Replace("75 39", "75 38", StringComparison.Ordinal));
            await line.ReceiveAsync();
            await line.SendAsync(PublishedFrames.Energy2007);
        });
        await using var client = Client(line, Impatient);

        await Assert.ThrowsAsync<DltGarbledException>(() => client.ReadAsync(Meter, Energy, default));
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, Energy, default)).Value);
        Assert.Equal(20, client.DroppedBytes);
    }

    [Theory]
    [InlineData("00 00 01 00 42 06 12")]
    [InlineData("00 00 01 00 42 06 12 00 00")]
    [InlineData("00 00 01 00 42 06 12 00 42 06 12 00")]
    public async Task An_answer_in_another_format_is_said_and_never_a_number(string data)
    {
        await using var line = new RawMeter(async line =>
        {
            await line.ReceiveAsync();
            await line.SendFrameAsync(Asked, "91", data);
        });
        await using var client = Client(line, Patient);

        await Assert.ThrowsAsync<InvalidDataException>(() => client.ReadAsync(Meter, Energy, default));
    }

    private static DltClient Client(RawMeter line, DltClientOptions options) =>
        new(DltLines.Over(new TcpEndpoint("127.0.0.1", line.Port)), options);
}
