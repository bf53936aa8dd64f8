using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Drivers.Dlt645;

/// <summary>Frames that nobody here wrote, asked for and read by the driver over a socket.</summary>
public class PublishedFrameTests
{
    private static readonly byte[] Wake = [0xFE, 0xFE, 0xFE, 0xFE];

    [Theory]
    [InlineData(
        "68 25 04 03 02 01 00 68 11 04 33 33 34 33 E1 16", "68 25 04 03 02 01 00 68 91 08 33 33 34 33 75 39 45 33 8B 16",
        "000102030425", "00010000", 120642)]
    [InlineData(
        "68 03 00 00 00 00 00 68 01 02 44 E9 03 16", "68 03 00 00 00 00 00 68 81 04 44 E9 33 34 EC 16", "000000000003", "B611", 100)]
    [InlineData(
        "68 27 59 63 03 00 01 68 01 02 43 C3 C0 16", "FE FE FE FE 68 27 59 63 03 00 01 68 81 06 43 C3 AC 59 47 33 C3 16",
        "010003635927", "9010", 142679)]
    [InlineData(
        "68 61 01 00 00 00 00 68 11 04 33 34 35 35 18 16", "68 61 01 00 00 00 00 68 91 07 33 34 35 35 CC 7C 33 16 16",
        "000000000161", "02020100", 4999)]
    public async Task A_published_question_leaves_the_driver_and_its_answer_becomes_a_reading(
        string question, string answer, string meter, string identifier, long count)
    {
        await using var line = new ScriptedLine((_, send) => send(ScriptedLine.Bytes(answer)));
        await using var site = new MeterSite();

        var scans = await site.ReadAsync(
            s => s.Count >= 2, (MeterSite.Device("meter", meter, line.Port), MeterSite.Map(MeterSite.Level("Value", identifier))));

        Assert.Equal([.. Wake, .. ScriptedLine.Bytes(question)], line.LastHeard);
        Assert.All(scans, s => Assert.Equal([new Reading(0, count, Quality.Good)], s.Readings));
        Assert.Empty(site.Log.Warnings);
        var counts = Assert.Single(site.Driver.Counts);
        Assert.Equal((0, 0, 0), (counts.Timeouts, counts.StrayFrames, counts.DroppedBytes));
    }

    [Fact]
    public async Task The_published_block_feeds_a_tag_for_each_number_and_one_that_it_does_not_hold_is_bad()
    {
        await using var line = new ScriptedLine((_, send) => send(ScriptedLine.Bytes(
            "68 00 36 19 00 00 00 68 91 18 33 32 34 33 63 69 33 33 89 35 33 33 4C 33 33 33 6B 33 33 33 4A 66 33 33 E9 16")));
        await using var site = new MeterSite();
        var tariffs = Enumerable.Range(0, 6).Select(i => MeterSite.Level($"Energy{i}", "0001FF00", i)).ToArray();

        var scans = await site.ReadAsync(s => s.Count >= 2, (MeterSite.Device("meter", "000000193600", line.Port), MeterSite.Map(tariffs)));

        Assert.All(scans, s => Assert.Equal([3630, 256, 19, 38, 3317, null], s.Readings.OrderBy(r => r.Tag).Select(r => r.Count)));
        Assert.Equal(Quality.Bad(QualityReason.Configuration), scans[0].Readings.MaxBy(r => r.Tag).Quality);
        Assert.True(site.Driver.Counts[0].Requests <= scans.Count + 1, "one request brings the whole block");
    }

    [Fact]
    public async Task A_phase_that_a_meter_does_not_have_is_bad_and_never_a_number()
    {
        await using var line = new ScriptedLine((_, send) => send(ScriptedLine.Bytes(
            "68 12 00 00 00 10 20 68 91 0A 33 32 34 35 89 55 32 32 32 32 21 16")));
        await using var site = new MeterSite();
        var phases = Enumerable.Range(0, 3).Select(i => MeterSite.Level($"Voltage{i}", "0201FF00", i)).ToArray();

        var scans = await site.ReadAsync(s => s.Count >= 1, (MeterSite.Device("meter", "201000000012", line.Port), MeterSite.Map(phases)));

        Assert.Equal(
            [
                new Reading(0, 2256, Quality.Good), Reading.Bad(1, QualityReason.OutOfRange), Reading.Bad(2, QualityReason.OutOfRange),
            ],
            scans[0].Readings.OrderBy(r => r.Tag));
    }

    // home-assistant/core#54345: a busy device was recorded as 0.
    [Theory]
    [InlineData("FE FE FE FE 68 60 07 92 04 00 91 68 D1 01 37 67 16", "910004920760")]
    [InlineData("68 12 90 78 56 34 12 68 D1 01 35 8D 16", "123456789012")]
    public async Task A_published_refusal_makes_only_its_point_bad_and_is_no_zero(string refusal, string meter)
    {
        var energy = DltItems.Get("00010000").Identifier;
        await using var line = new ScriptedLine((request, send) => send(
            DltIdentifier.Read(DltEdition.Edition2007, request.Data.Span) == energy
                ? ScriptedLine.Answer(request, "00010000", 12.34m)
                : ScriptedLine.Bytes(refusal)));
        await using var site = new MeterSite();
        var map = MeterSite.Map(MeterSite.Register("Energy", "00010000"), MeterSite.Register("Reverse", "00020000"));

        var scans = await site.ReadAsync(s => s.Count >= 5, (MeterSite.Device("meter", meter, line.Port), map));

        Assert.All(scans, s => Assert.Contains(new Reading(0, 1234, Quality.Good), s.Readings));
        var refused = scans.SelectMany(s => s.Readings).Where(r => r.Tag == 1).ToList();
        Assert.NotEmpty(refused);
        // Told once for each try, not once for each poll: the identifier rests.
        Assert.All(refused, r => Assert.Equal(Reading.Bad(1, QualityReason.Configuration), r));
        Assert.Contains("refused 00020000", Assert.Single(site.Log.Warnings), StringComparison.Ordinal);
    }
}
