using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Tests.Dlt645;

public class DltFrameTests
{
    [Theory]
    [MemberData(nameof(PublishedFrames.Answers), MemberType = typeof(PublishedFrames))]
    public void A_published_answer_is_read_as_its_publisher_reads_it(string hex, string meter, string identifier, decimal value)
    {
        var frame = Parsed(hex);
        var item = DltItems.Get(identifier);
        var length = item.Identifier.Length;

        Assert.Equal((meter, true, false, false), (frame.Address.ToString(), frame.IsAnswer, frame.IsRefusal, frame.HasMore));
        Assert.Equal(item.Identifier, DltIdentifier.Read(item.Identifier.Edition, frame.Data.Span));
        Assert.Equal(value, item.Format.Decode(frame.Data.Span[length..]));
    }

    [Theory]
    [MemberData(nameof(PublishedFrames.Answers), MemberType = typeof(PublishedFrames))]
    public void A_published_answer_is_written_byte_for_byte(string hex, string meter, string identifier, decimal value)
    {
        var item = DltItems.Get(identifier);
        var length = item.Identifier.Length;
        var data = new byte[length + item.Format.Bytes];
        item.Identifier.Write(data);
        item.Format.Encode(value, data.AsSpan(length));
        var control = DltControl.FromMeter | DltControl.Read(item.Identifier.Edition);

        var frame = new DltFrame(MeterAddress.Parse(meter), (byte)control, data);

        Assert.Equal(PublishedFrames.Frame(hex), frame.Encode());
    }

    [Theory]
    [MemberData(nameof(PublishedFrames.Questions), MemberType = typeof(PublishedFrames))]
    public void A_published_question_is_written_and_read(string hex, string meter, string identifier)
    {
        var asked = DltIdentifier.Parse(identifier);
        var data = new byte[asked.Length];
        asked.Write(data);

        var frame = new DltFrame(MeterAddress.Parse(meter), DltControl.Read(asked.Edition), data);

        Assert.Equal(PublishedFrames.Bytes(hex), frame.Encode());
        Assert.Equal((meter, asked), (Parsed(hex).Address.ToString(), DltIdentifier.Read(asked.Edition, Parsed(hex).Data.Span)));
    }

    [Fact]
    public void The_question_for_an_address_is_the_published_one()
    {
        var frame = new DltFrame(MeterAddress.Any, DltControl.ReadAddress, []);

        Assert.Equal(PublishedFrames.Bytes(PublishedFrames.AskAddress), frame.Encode());
        Assert.Equal([0xFE, 0xFE, 0xFE, 0xFE, 0x68], frame.Encode(preamble: 4)[..5]);
    }

    [Theory]
    [InlineData(PublishedFrames.RefusedNotAuthorised, "910004920760", DltRefusal.NotAuthorised)]
    [InlineData(PublishedFrames.RefusedNoSuchData, "123456789012", DltRefusal.NoSuchData)]
    public void A_published_refusal_is_read(string hex, string meter, DltRefusal reason)
    {
        var frame = Parsed(hex);

        Assert.Equal((meter, true, true), (frame.Address.ToString(), frame.IsAnswer, frame.IsRefusal));
        Assert.Equal((byte)reason, Assert.Single(frame.Data.ToArray()));
    }

    [Fact]
    public void No_single_wrong_byte_of_a_frame_is_accepted()
    {
        var sound = PublishedFrames.Bytes(PublishedFrames.Energy2007);
        for (var index = 0; index < sound.Length; index++)
        {
            for (var flip = 1; flip < 256; flip++)
            {
                var damaged = sound.ToArray();
                damaged[index] ^= (byte)flip;
                Assert.Null(DltFrame.Parse(damaged));
            }
        }
    }

    [Fact]
    public void Less_or_more_than_a_frame_is_none()
    {
        var sound = PublishedFrames.Bytes(PublishedFrames.Energy2007);

        Assert.NotNull(DltFrame.Parse(sound));
        Assert.All(Enumerable.Range(0, sound.Length), length => Assert.Null(DltFrame.Parse(sound.AsSpan(0, length))));
        Assert.Null(DltFrame.Parse([.. sound, 0]));
    }

    [Fact]
    public void A_frame_takes_200_data_bytes_and_no_more()
    {
        var longest = new DltFrame(default, 0x91, new byte[200]).Encode();

        Assert.Equal(200, DltFrame.Parse(longest)?.Data.Length);
        Assert.Throws<ArgumentException>(() => new DltFrame(default, 0x91, new byte[201]));
    }

    private static DltFrame Parsed(string hex) =>
        DltFrame.Parse(PublishedFrames.Frame(hex)) ?? throw new FormatException("no frame: " + hex);
}
