using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Pipeline;

public class JudgementsTests
{
    private static readonly TagRegistry Tags = new();

    private static readonly TagTable Table = Site.Tags(Tags, (
        Site.Device("meter"),
        Site.Modbus(TimeSpan.FromSeconds(1), Site.Level("GaugePressure", 0, 0m, 1.6m), Site.Register("Volume", 10, modulus: 1000m))));

    private static readonly uint Pressure = Number("test/meter/GaugePressure");
    private static readonly uint Volume = Number("test/meter/Volume");

    [Theory]
    [InlineData(0, true)]
    [InlineData(160, true)]
    [InlineData(161, false)]
    [InlineData(-1, false)]
    public void A_count_outside_the_range_of_its_tag_is_uncertain_and_kept(long count, bool isGood)
    {
        var judged = Judge(s => s.CheckRange(Tags), [Level(Pressure, count)]).Single();

        Assert.Equal(count, judged.Count);
        Assert.Equal(isGood ? Quality.Good : Quality.Uncertain(QualityReason.OutOfRange), judged.Quality);
    }

    [Fact]
    public void A_bad_reading_stays_as_it_is()
    {
        var bad = Reading.Bad(Pressure, QualityReason.Communication);

        var judged = Judge(s => s.CheckRange(Tags).CheckRate(Tags).CheckFrozen(Tags), [bad]).Single();

        Assert.Equal(bad, judged);
    }

    private static uint Number(string id) => (uint)Table.Tags.Select(t => t.Id).ToList().IndexOf(id);

    private static Reading Level(uint tag, long count) => new(tag, count, Quality.Good);

    private static List<Reading> Judge(Func<IObservable<Scan>, IObservable<Scan>> operators, Reading[] readings)
    {
        var scans = readings.Select((r, i) => new Scan("meter/fast", i, ScanContent.Levels, [r]));
        return [.. operators(scans.ToObservable()).ToEnumerable().SelectMany(s => s.Readings)];
    }
}
