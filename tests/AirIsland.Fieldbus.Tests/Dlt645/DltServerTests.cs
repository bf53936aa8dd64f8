using System.Net;
using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>The simulators' meters, asked with bytes that others published.</summary>
public class DltServerTests
{
    private const string Wake = "FE FE FE FE ";
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(200);

    [Theory]
    [InlineData(PublishedFrames.AskEnergy2007, PublishedFrames.Energy2007)]
    [InlineData(Wake + PublishedFrames.AskEnergy2007, PublishedFrames.Energy2007)]
    [InlineData(PublishedFrames.AskVoltage1997, PublishedFrames.Voltage1997)]
    public async Task A_published_question_gets_the_published_answer(string question, string answer)
    {
        await using var server = DltServer.Start(Anywhere, Meters());
        using var line = await RawLine.OpenAsync(server.Endpoint.Port);

        await line.SendAsync(question);

        Assert.Equal(Wake + answer, await line.ReceiveAsync());
    }

    [Fact]
    public async Task Who_has_no_such_data_says_so_in_the_published_way()
    {
        await using var server = DltServer.Start(Anywhere, Meters());
        using var line = await RawLine.OpenAsync(server.Endpoint.Port);

        await line.SendAsync(RawLine.Frame("12 90 78 56 34 12", "11", "00 00 FF 02"));

        Assert.Equal(Wake + PublishedFrames.RefusedNoSuchData, await line.ReceiveAsync());
    }

    [Fact]
    public async Task The_published_question_for_an_address_is_answered_by_every_meter_of_2007()
    {
        await using var server = DltServer.Start(Anywhere, Meters());
        using var line = await RawLine.OpenAsync(server.Endpoint.Port);

        await line.SendAsync(PublishedFrames.AskAddress);

        Assert.Equal(Told("25 04 03 02 01 00"), await line.ReceiveAsync());
        Assert.Equal(Told("12 90 78 56 34 12"), await line.ReceiveAsync());
        Assert.True(await line.IsSilentAsync(AWhile));
    }

    [Theory]
    [InlineData("68 26 04 03 02 01 00 68 11 04 33 33 34 33 E2 16")]
    [InlineData("68 25 04 03 02 01 00 68 11 04 33 33 34 33 E2 16")]
    [InlineData(PublishedFrames.Energy2007)]
    [InlineData("48 54 54 50 2F 31 2E 31 0D 0A")]
    public async Task To_others_questions_to_damage_and_to_answers_it_is_silent_and_the_next_question_is_answered(string bytes)
    {
        await using var server = DltServer.Start(Anywhere, Meters());
        using var line = await RawLine.OpenAsync(server.Endpoint.Port);

        await line.SendAsync(bytes);
        Assert.True(await line.IsSilentAsync(AWhile));
        await line.SendAsync(PublishedFrames.AskEnergy2007);

        Assert.Equal(Wake + PublishedFrames.Energy2007, await line.ReceiveAsync());
    }

    [Theory]
    [InlineData("14")]
    [InlineData("08")]
    [InlineData("1C")]
    [InlineData("01")]
    public async Task It_can_be_read_in_its_own_edition_and_nothing_else(string control)
    {
        await using var server = DltServer.Start(Anywhere, Meters());
        using var line = await RawLine.OpenAsync(server.Endpoint.Port);

        await line.SendAsync(RawLine.Frame("25 04 03 02 01 00", control, "00 00 01 00 00 00 00 00"));

        Assert.True(await line.IsSilentAsync(AWhile));
    }

    [Fact]
    public async Task A_question_of_which_half_was_lost_does_not_swallow_the_next()
    {
        await using var server = DltServer.Start(Anywhere, Meters());
        using var line = await RawLine.OpenAsync(server.Endpoint.Port);

        await line.SendAsync(PublishedFrames.Bytes(PublishedFrames.AskEnergy2007)[..9]);
        await line.SendAsync(PublishedFrames.AskVoltage1997);

        Assert.Equal(Wake + PublishedFrames.Voltage1997, await line.ReceiveAsync());
    }

    [Fact]
    public void A_long_answer_follows_in_numbered_frames()
    {
        var registers = Enumerable.Range(0, 64).ToDictionary(
            tariff => new DltIdentifier(DltEdition.Edition2007, 0x00010000 + (0x100 * (uint)tariff)),
            tariff => new Func<decimal?>(() => tariff));
        var meter = new DltMeter(MeterAddress.Parse("000000000001"), DltEdition.Edition2007, registers);

        var first = Ask(meter, "11", "00 FF 01 00");
        var second = Ask(meter, "12", "00 FF 01 00 01");
        var beyond = Ask(meter, "12", "00 FF 01 00 02");

        Assert.Equal((0xB1, 199), (first.Control, first.Data.Length));
        Assert.Equal((0x92, 4 + 256 - 195 + 1, 1), (second.Control, second.Data.Length, second.Data.Span[^1]));
        Assert.Equal((0xD2, 2), (beyond.Control, beyond.Data.Span[0]));
    }

    [Fact]
    public void A_meter_has_one_address() => Assert.Throws<ArgumentException>(
        () => new DltMeter(MeterAddress.Any, DltEdition.Edition2007, new Dictionary<DltIdentifier, Func<decimal?>>()));

    [Fact]
    public async Task Closing_ends_its_connections()
    {
        var server = DltServer.Start(Anywhere, Meters());
        using var line = await RawLine.OpenAsync(server.Endpoint.Port);
        await line.SendAsync(PublishedFrames.AskEnergy2007);
        await line.ReceiveAsync();

        await server.DisposeAsync();

        await line.ExpectCloseAsync();
    }

    private static DltFrame Ask(DltMeter meter, string control, string data) =>
        meter.Answer(DltFrame.Parse(RawLine.Frame("01 00 00 00 00 00", control, data)) ?? throw new FormatException())
        ?? throw new InvalidOperationException("silent");

    private static DltMeters Meters() => new(
    [
        Meter("000102030425", DltEdition.Edition2007, ("00010000", 1206.42m)),
        Meter("000000000003", DltEdition.Edition1997, ("B611", 100m)),
        Meter("123456789012", DltEdition.Edition2007, ("00010000", 1m)),
    ]);

    private static DltMeter Meter(string address, DltEdition edition, params (string Identifier, decimal? Value)[] registers) =>
        new(MeterAddress.Parse(address), edition, registers.ToDictionary(
            register => DltIdentifier.Parse(register.Identifier), register => new Func<decimal?>(() => register.Value)));

    private static string Told(string address) =>
        Wake + BitConverter.ToString(RawLine.Frame(address, "93", address)).Replace('-', ' ');
}
