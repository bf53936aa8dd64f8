using AirIsland.Domain.Billing;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using CsCheck;
using NodaTime;
using static AirIsland.Domain.Tests.Metering.Registers;

namespace AirIsland.Domain.Tests.Billing;

public sealed class BillCalculatorTests
{
    private static readonly Company Lifode = new(new("lifode"), new("moushan"), "利佛德", "Lifode");

    [Fact]
    public void A_bill_is_the_register_difference_times_the_price()
    {
        var bill = Assert.IsType<Bill>(Compute(Series(Volume(), (0, 1_000_000), (60, 1_001_234))));

        Assert.Equal(1234m, bill.Volume.CubicMetres);
        Assert.Equal("129.57", bill.Amount.ToString());
        Assert.Equal("1", bill.Factor.ToString());
        Assert.Equal(Quality.Good, bill.Quality);
    }

    [Fact]
    public void Another_state_in_the_contract_converts_the_difference_once_and_exactly()
    {
        var contract = Contract() with { State = ReferenceState.Normal };

        var bill = Assert.IsType<Bill>(Compute(Series(Volume(0.1m), (0, 0), (60, 1_000_000)), contract));

        // 20 °C to 0 °C at one pressure: 273.15 / 293.15, reduced.
        Assert.Equal("5463/5863", bill.Factor.ToString());
        Assert.Equal(93_177.6m, bill.Volume.CubicMetres);
    }

    [Fact]
    public void Half_a_fen_is_rounded_away_from_zero() => Assert.Equal(11, Money.FromCny(0.105m).Fen);

    [Fact]
    public void A_rollover_is_billed_through()
    {
        var bill = Assert.IsType<Bill>(Compute(Series(Volume(modulus: 4_294_967_296), (0, 4_294_967_290), (60, 10))));

        Assert.Equal(16m, bill.Volume.CubicMetres);
    }

    // oem_gateway#12, ruuvi.gateway_esp.c#120: what was measured before NTP was posted under 1970 and 2012.
    [Theory]
    [InlineData(-1439, true)]
    [InlineData(-1441, false)]
    [InlineData(30, true)]
    [InlineData(1499, true)]
    [InlineData(1501, false)]
    public void A_read_with_a_doubted_clock_holds_the_bills_within_a_day_of_it(double minute, bool isHeld)
    {
        var outcome = Compute(Doubted(minute));

        if (!isHeld)
        {
            Assert.IsType<Bill>(outcome);
            return;
        }
        var held = Assert.IsType<Unbillable>(outcome);
        Assert.Equal(UnbillableReason.ClockDoubted, held.Reason);
        Assert.Contains("waits until that is decided", held.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnbillableReason.NoReads)]
    [InlineData(UnbillableReason.PeriodNotCovered)]
    [InlineData(UnbillableReason.RegisterBroken)]
    [InlineData(UnbillableReason.ClockDoubted)]
    [InlineData(UnbillableReason.NoContract)]
    [InlineData(UnbillableReason.ContractChangesInside)]
    [InlineData(UnbillableReason.NoReferenceState)]
    public void What_cannot_be_billed_says_why(UnbillableReason reason)
    {
        var good = Series(Volume(), (0, 0), (60, 100));
        var outcome = reason switch
        {
            UnbillableReason.NoReads => Compute(Series(Volume())),
            UnbillableReason.PeriodNotCovered => Compute(Series(Volume(), (0, 0), (59, 100))),
            UnbillableReason.RegisterBroken => Compute(Series(Volume(), (0, 100), (30, 50), (60, 200))),
            UnbillableReason.ClockDoubted => Compute(Doubted(30)),
            UnbillableReason.NoContract => Compute(good, Contract() with { ValidFrom = Minute(1) }),
            UnbillableReason.NoReferenceState => Compute(Series(Volume() with { State = null }, (0, 0), (60, 100))),
            _ => Compute(good, Contract(), Contract() with { Version = 2, ValidFrom = Minute(30) }),
        };

        Assert.Equal(reason, Assert.IsType<Unbillable>(outcome).Reason);
    }

    [Fact]
    public void Bills_of_parts_add_up_to_the_volume_of_the_whole() =>
        Gen.Select(Gen.Int[1, 5000].Array[3, 30], Gen.Int[1, 2]).Sample((steps, at) =>
        {
            var (total, reads) = (0L, new List<(double, long)> { (0, 0) });
            for (var i = 0; i < steps.Length; i++) reads.Add((i + 1, total += steps[i]));
            var series = Series(Volume(0.1m), [.. reads]);

            return Volumes(series, 0, at) + Volumes(series, at, steps.Length) == Volumes(series, 0, steps.Length);
        });

    private static decimal Volumes(RegisterSeries series, double from, double to) =>
        ((Bill)BillCalculator.Compute(Lifode, new(Minute(from), Minute(to)), series, [Contract()])).Volume.CubicMetres;

    /// <summary>A sound hour, and one more read whose clock nobody believes.</summary>
    private static RegisterSeries Doubted(double minute) => new(
        Volume(),
        [
            new(Minute(0), 0, Quality.Good), new(Minute(60), 100, Quality.Good),
            new(Minute(minute), 50, Quality.Uncertain(QualityReason.Clock)),
        ]);

    private static BillOutcome Compute(RegisterSeries series, params ContractVersion[] versions) => BillCalculator.Compute(
        Lifode, new Interval(Minute(0), Minute(60)), series, versions.Length == 0 ? [Contract()] : versions);

    private static ContractVersion Contract() =>
        new("lifode-air", 1, Lifode.Id, Start - Duration.FromDays(300), new UnitPrice(105_000), ReferenceState.Standard20);
}
