using AirIsland.Fieldbus.Dlt645;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Dlt645;

public class DltDecoderTests
{
    private static readonly Gen<DltFrame> AnyFrame = Gen.Select(
        Gen.Byte.Array[6], Gen.Byte, Gen.Byte.Array[0, DltFrame.MaxData],
        (address, control, data) => new DltFrame(MeterAddress.Read(address), control, data));

    private static readonly byte[] Telltale = [0x68, 0x16, 0xFE, 0x00, 0x04, 0x33];

    /// <summary>Bytes that look like frames more often than chance would have it.</summary>
    private static readonly Gen<byte> Noise = Gen.OneOf(Gen.Byte, Gen.Int[0, 5].Select(i => Telltale[i]));

    [Fact]
    public void Frames_come_out_whatever_the_split()
    {
        Gen.Select(AnyFrame.Array[1, 5], Gen.Int[0, 4], Gen.Int[1, 50]).Sample((frames, preamble, part) =>
        {
            var decoder = new DltDecoder();
            var bytes = frames.SelectMany(frame => frame.Encode(preamble)).ToArray();

            var found = bytes.Chunk(part).SelectMany(chunk => decoder.Feed(chunk)).ToArray();

            Assert.Equal(frames.Select(Text), found.Select(Text));
            Assert.Equal((0, false), (decoder.DroppedBytes, decoder.IsMidFrame));
        });
    }

    [Fact]
    public void Any_bytes_at_all_are_survived_and_accounted_for()
    {
        Gen.Select(Noise.Array[0, 600], Gen.Int[1, 50]).Sample((bytes, part) =>
        {
            var decoder = new DltDecoder();

            var found = bytes.Chunk(part).SelectMany(chunk => decoder.Feed(chunk)).ToList();
            found.AddRange(decoder.Break());

            Assert.False(decoder.IsMidFrame);
            Assert.Equal(bytes.Count(Counts), decoder.DroppedBytes + found.Sum(frame => frame.Encode().Count(Counts)));
        });
    }

    [Fact]
    public void A_frame_is_found_at_once_behind_garbage_that_starts_no_frame()
    {
        Gen.Select(Noise.Where(b => b != 0x68).Array[0, 300], AnyFrame).Sample((garbage, frame) =>
        {
            var decoder = new DltDecoder();

            var found = decoder.Feed([.. garbage, .. frame.Encode()]);

            Assert.Equal(Text(frame), Text(Assert.Single(found)));
            Assert.Equal(garbage.Count(Counts), decoder.DroppedBytes);
        });
    }

    [Fact]
    public void A_frame_is_found_behind_any_beginning_of_another()
    {
        var frame = PublishedFrames.Bytes(PublishedFrames.Energy2007);
        for (var cut = 0; cut < frame.Length; cut++)
        {
            var decoder = new DltDecoder();

            var found = decoder.Feed([.. frame[..cut], .. frame]).Concat(decoder.Break());

            Assert.Equal("000102030425", Assert.Single(found).Address.ToString());
            Assert.Equal(cut, decoder.DroppedBytes);
        }
    }

    [Fact]
    public void A_false_start_delays_a_frame_only_until_the_line_is_silent()
    {
        var decoder = new DltDecoder();
        var falseStart = PublishedFrames.Bytes("68 01 02 03 04 05 06 68 91 C8");

        Assert.Empty(decoder.Feed([.. falseStart, .. PublishedFrames.Bytes(PublishedFrames.Energy2007)]));
        var frame = Assert.Single(decoder.Break());

        Assert.Equal("000102030425", frame.Address.ToString());
        Assert.Equal(falseStart.Length, decoder.DroppedBytes);
    }

    [Fact]
    public void A_damaged_frame_is_dropped_and_the_next_one_found()
    {
        var decoder = new DltDecoder();
        var damaged = PublishedFrames.Bytes(PublishedFrames.Energy2007);
        damaged[14] ^= 1;

        var found = decoder.Feed([.. damaged, 0xFE, 0xFE, .. PublishedFrames.Bytes(PublishedFrames.Voltage1997)]);

        Assert.Equal("000000000003", Assert.Single(found).Address.ToString());
        Assert.Equal(damaged.Length, decoder.DroppedBytes);
    }

    [Fact]
    public void A_length_beyond_the_standard_is_no_frame_and_holds_nobody_up()
    {
        var decoder = new DltDecoder();

        var found = decoder.Feed(PublishedFrames.Bytes("68 01 02 03 04 05 06 68 91 C9 " + PublishedFrames.Energy2007));

        Assert.Equal("000102030425", Assert.Single(found).Address.ToString());
    }

    private static string Text(DltFrame frame) => frame.ToString();

    private static bool Counts(byte part) => part != 0xFE;
}
