using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Pipeline;

public class CalculatingTests
{
    private readonly TagRegistry _registry = new();

    [Fact]
    public void A_result_comes_with_each_reading_of_the_tag_that_is_named_first()
    {
        var results = Run("{meter/A} - {meter/B}", ("B", 1, 100), ("A", 2, 250), ("B", 3, 120), ("A", 4, 260));

        Assert.Equal([(2, 150), (4, 140)], results.Select(r => (r.At, r.Count ?? -1)));
        Assert.All(results, r => Assert.Equal(Quality.Good, r.Quality));
    }

    [Fact]
    public void A_result_is_as_good_as_its_worst_input()
    {
        var doubt = Quality.Uncertain(QualityReason.OutOfRange);

        Assert.Equal(doubt, Run("{meter/A} + {meter/B}", doubt, ("B", 1, 100), ("A", 2, 250))[0].Quality);
        Assert.Equal(Quality.Bad(QualityReason.Communication), Run("{meter/A} + {meter/B}", ("B", 1, null), ("A", 2, 250))[0].Quality);
    }

    [Fact]
    public void A_failure_is_never_a_number()
    {
        Assert.Equal((null, QualityReason.OutOfRange), Result("{meter/A} / {meter/B}", ("B", 1, 0), ("A", 2, 250)));
        Assert.Equal((null, QualityReason.OutOfRange), Result("sqrt({meter/A} - {meter/B})", ("B", 1, 300), ("A", 2, 250)));
        Assert.Equal((null, QualityReason.Communication), Result("{meter/A} / {meter/B}", ("A", 2, 250)));
        // Older than it may be.
        Assert.Equal((null, QualityReason.Communication), Result("{meter/A} / {meter/B}", ("B", 1, 7), ("A", 12, 250)));
    }

    // What a source kept while nobody listened is of then: it must not feed a total of now.
    [Fact]
    public void What_comes_late_feeds_no_calculation_of_now()
    {
        var table = Table(("Sum", "{meter/A} + {meter/B}"));
        var late = Scans(table, Quality.Uncertain(QualityReason.Historical), ("B", 1, 7), ("A", 1, 8)).ToEnumerable().ToList();
        var live = Scans(table, Quality.Good, ("B", 2, 100), ("A", 3, 250)).ToEnumerable().ToList();
        var again = Scans(table, Quality.Good, ("A", 4, 260)).ToEnumerable().ToList();

        var scans = live.Concat(late).Concat(again).ToObservable().Calculate(_registry, () => table.Formulas).ToEnumerable();

        var sums = scans.Where(s => s.Group == "calculated/meter/Sum").Select(s => (s.Instant, s.Readings[0].Count));
        Assert.Equal([(3000L, 350L), (4000, 360)], sums.Select(s => (s.Instant, s.Count ?? -1)));
    }

    [Fact]
    public void A_calculated_tag_may_need_another()
    {
        var table = Table(("Twice", "{meter/Sum} * 2"), ("Sum", "{meter/A} + 1"));

        var scans = Scans(table, Quality.Good, ("A", 1, 250)).Calculate(_registry, () => table.Formulas).ToEnumerable().ToList();

        Assert.Equal(["meter/fast", "calculated/meter/Sum", "calculated/meter/Twice"], scans.Select(s => s.Group));
        Assert.Equal([250, 350, 700], scans.Select(s => s.Readings[0].Count));
        Assert.All(scans, s => Assert.Equal(1000, s.Instant));
    }

    private static TagTable Table(TagRegistry registry, params (string Name, string Expression)[] calculated) => Site.Tags(
        registry,
        Site.Device("meter"),
        Site.Modbus(TimeSpan.FromSeconds(1), Site.Level("A", 0), Site.Level("B", 1)),
        [.. calculated.Select(c => new CalculatedOptions
        {
            Asset = "meter", Name = c.Name, Medium = "air", Unit = "MPa", Resolution = 0.01m, Expression = c.Expression,
        })]);

    private TagTable Table(params (string Name, string Expression)[] calculated) => Table(_registry, calculated);

    private (long?, QualityReason) Result(string expression, params (string Point, int At, long? Count)[] read)
    {
        var result = Assert.Single(Run(expression, read));
        return (result.Count, result.Quality.Reason);
    }

    private List<(int At, long? Count, Quality Quality)> Run(string expression, params (string Point, int At, long? Count)[] read) =>
        Run(expression, Quality.Good, read);

    private List<(int At, long? Count, Quality Quality)> Run(
        string expression, Quality quality, params (string Point, int At, long? Count)[] read)
    {
        var table = Table(("Result", expression));
        var results = Scans(table, quality, read).Calculate(_registry, () => table.Formulas)
            .Where(s => s.Group == "calculated/meter/Result");
        return [.. results.ToEnumerable().Select(s => ((int)(s.Instant / 1000), s.Readings[0].Count, s.Readings[0].Quality))];
    }

    private IObservable<Scan> Scans(TagTable table, Quality quality, params (string Point, int At, long? Count)[] read) => read.Select(r =>
    {
        var slot = _registry.SlotsOf([table.Tags.Single(t => t.Id == $"test/meter/{r.Point}")])[0];
        var reading = r.Count is { } c ? new Reading(slot, c, quality) : Reading.Bad(slot, QualityReason.Communication);
        return new Scan("meter/fast", r.At * 1000, ScanContent.Levels, [reading]);
    }).ToObservable();
}
