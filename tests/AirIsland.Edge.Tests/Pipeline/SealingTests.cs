using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Edge.Tests.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Pipeline;

public class SealingTests
{
    // T20 in the process: under libfaketime the agent did not end on a signal, cause not found; so the clock is set behind TimeProvider.
    [Theory]
    [InlineData("1970-01-01T00:10:00Z", true, false)]
    [InlineData("2026-11-23T11:00:00Z", false, false)]
    [InlineData("2026-11-24T12:00:00Z", false, true)]
    public void A_clock_that_jumps_keeps_the_order_and_what_it_is_worth_goes_with_the_next_batch(
        string wrong, bool isMarked, bool isMarkedAfter)
    {
        var right = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var time = new SettableClock(right);
        time.Set(DateTimeOffset.Parse(wrong, System.Globalization.CultureInfo.InvariantCulture));
        var clock = new SiteClock(time, new(), new(), new LogLines<SiteClock>());
        var registry = new TagRegistry();
        var table = Site.Tags(registry, (Site.Device("meter"), Site.Modbus(TimeSpan.FromSeconds(1), Site.Level("GaugePressure", 0))));
        var site = new SitePlan(table, [], new([1], [2]));

        DecodedBlock[] blocks = [.. Enumerable.Range(0, 4).Select(Scan)];

        Assert.Equal([0L, 1, 2, 3], blocks.Select(b => b.Groups[0].Columns[0].Counts[0]));
        var reasons = blocks.Select(b => Quality.FromCode(b.Groups[0].Columns[0].Qualities[0]).Reason == QualityReason.Clock);
        Assert.Equal([isMarked, isMarked, isMarkedAfter, isMarkedAfter], reasons);
        // Told once, by a clock that is believed.
        Assert.Equal([isMarked ? 0 : 1, 0, isMarkedAfter ? 0 : 1, 0], blocks.Select(b => b.ClockFixes.Count));
        Assert.Equal([isMarked, isMarked, isMarkedAfter, isMarkedAfter], blocks.Select(b => b.Groups[0].Stamp is not null));
        // What was stamped before the step, put right, lies a second apart from what came after.
        if (isMarked)
            Assert.Equal(
                blocks[2].Groups[0].Instants[0] - 1000,
                blocks[1].Groups[0].Instants[0] - blocks[1].Groups[0].Stamp!.OffsetMs + blocks[2].ClockFixes[0].OffsetMs);

        DecodedBlock Scan(int number)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            if (number == 2) time.Set(right.AddSeconds(3));
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var scan = new Scan("meter/fast", now, ScanContent.Levels, [new(0, number, Quality.Good)]);
            var judged = Observable.Return(scan).CheckClock(clock).MarkClock().ToEnumerable().Single();
            var batch = new ScanBatch(ScanContent.Levels, [judged]).Seal(site, clock);
            return BlockReader.Read(batch.Block!.Payload, batch.Block.Encoding);
        }
    }
}
