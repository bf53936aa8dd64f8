using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using CsCheck;
using static AirIsland.Domain.Tests.Metering.Registers;

namespace AirIsland.Domain.Tests.Metering;

public sealed class RegisterSeriesTests
{
    [Fact]
    public void A_read_at_the_instant_is_taken_as_it_is()
    {
        var series = Series(Volume(), (0, 100), (1, 140), (2, 181));

        Assert.Equal(new BoundaryRead(Minute(1), 140, Quality.Good), series.At(Minute(1)));
    }

    [Fact]
    public void Between_two_reads_the_register_is_interpolated_rounded_and_marked()
    {
        var read = Series(Volume(), (0, 100), (1, 141)).At(Minute(0.5));

        Assert.Equal(new BoundaryRead(Minute(0.5), 120, Quality.Uncertain(QualityReason.Substituted)), read);
    }

    [Fact]
    public void Outside_the_reads_nothing_is_known()
    {
        var series = Series(Volume(), (0, 100), (1, 141));

        Assert.Null(series.At(Minute(-0.1)));
        Assert.Null(series.At(Minute(1.1)));
        Assert.Null(series.Between(Minute(0), Minute(2)));
    }

    [Fact]
    public void A_rollover_is_bridged_by_the_registers_width()
    {
        var series = Series(Volume(modulus: 10_000), (0, 9_980), (1, 15));

        Assert.Equal(35, series.Between(Minute(0), Minute(1)));
        Assert.Null(series.BreakIn(Minute(0), Minute(1)));
    }

    [Fact]
    public void A_register_that_runs_backwards_is_never_bridged()
    {
        var series = Series(Volume(modulus: 10_000), (0, 5_000), (1, 4_990), (2, 5_010));

        Assert.Equal(new RegisterBreak(Minute(1), RegisterStep.Backwards), series.BreakIn(Minute(0), Minute(2)));
        Assert.Null(series.Between(Minute(0), Minute(2)));
        Assert.Equal(20, series.Between(Minute(1), Minute(2)));
    }

    [Fact]
    public void Every_step_backwards_counts_not_only_the_first()
    {
        var series = Series(Volume(), (0, 1000), (1, 990), (2, 1100), (3, 5), (4, 300));

        Assert.Null(series.Between(Minute(2), Minute(4)));
        Assert.Equal(295, series.Between(Minute(3), Minute(4)));
    }

    [Fact]
    public void No_difference_is_ever_negative() =>
        Gen.Select(Gen.Long[0, 1000].Array[2, 12], Gen.Int[0, 11], Gen.Int[0, 11]).Sample((counts, a, b) =>
        {
            var series = Series(Volume(), [.. counts.Select((c, i) => ((double)i, c))]);
            var (from, to) = (Math.Min(a, b) % counts.Length, Math.Max(a, b) % counts.Length);
            var forward = Enumerable.Range(from, Math.Max(0, to - from)).All(i => counts[i + 1] >= counts[i]);

            return from > to || series.Between(Minute(from), Minute(to)) == (forward ? counts[to] - counts[from] : null);
        });

    [Fact]
    public void Two_reads_of_one_instant_that_disagree_are_held_and_equal_ones_are_one()
    {
        var conflict = Series(Volume(), (0, 100), (1, 140), (1, 150), (2, 180));
        var equal = Series(Volume(), (0, 100), (1, 140), (1, 140), (2, 180));

        Assert.Null(conflict.At(Minute(1)));
        Assert.Null(conflict.Between(Minute(0), Minute(2)));
        Assert.Null(conflict.At(Minute(0.5)));
        Assert.Equal(80, equal.Between(Minute(0), Minute(2)));
    }

    [Fact]
    public void Interpolation_is_exact_and_half_goes_to_even() =>
        Gen.Select(Gen.Int[1, 599], Gen.Int[1, 1000]).Sample((second, difference) =>
        {
            var series = Series(Volume(), (0, 0), (10, difference));
            var exact = Math.Round((decimal)second * difference / 600, MidpointRounding.ToEven);

            return series.At(Start + NodaTime.Duration.FromSeconds(second))?.Count == exact;
        });

    [Fact]
    public void A_transient_zero_is_backwards_not_a_rollover() =>
        Assert.Equal(RegisterStep.Backwards, RegisterSeries.Classify(5_000, 0, 10_000));

    [Theory]
    [InlineData(QualityReason.Clock)]
    [InlineData(QualityReason.SuspectRegister)]
    public void Suspect_reads_are_not_used(QualityReason reason)
    {
        var series = new RegisterSeries(Volume(), [
            new(Minute(0), 100, Quality.Good), new(Minute(1), 7, Quality.Uncertain(reason)), new(Minute(2), 180, Quality.Good)]);

        Assert.Equal(80, series.Between(Minute(0), Minute(2)));
    }

    [Fact]
    public void Coverage_is_the_share_without_long_gaps()
    {
        var series = Series(Volume(), (0, 0), (5, 5), (20, 20), (25, 25));

        Assert.Equal(0.4, series.Coverage(new(Minute(0), Minute(25)), NodaTime.Duration.FromMinutes(5)), 6);
    }

    [Fact]
    public void Parts_add_up_to_the_whole_wherever_they_are_cut() =>
        Gen.Select(Gen.Int[0, 500].Array[2, 40], Gen.Double[0, 1], Gen.Int[200, 5000]).Sample((steps, cut, modulus) =>
        {
            var (total, reads) = (0L, new List<(double, long)>());
            for (var i = 0; i < steps.Length; i++) reads.Add((i, (total += steps[i] % (modulus / 10)) % modulus));
            var series = Series(Volume(modulus: modulus), [.. reads]);
            var (start, middle, end) = (Minute(0), Minute(Math.Round(cut * (steps.Length - 1), 3)), Minute(steps.Length - 1));

            return series.Between(start, middle) + series.Between(middle, end) == series.Between(start, end)
                && series.Between(start, end) == total - (steps[0] % (modulus / 10));
        });

    [Fact]
    public void The_order_of_arrival_is_irrelevant() =>
        Gen.Int[0, 500].Array[2, 20]
            .SelectMany(counts => Gen.Shuffle(counts.Order().Select((c, i) => (Minute: (double)i, Count: (long)c)).ToArray()))
            .Sample(shuffled => Series(Volume(), shuffled).Between(Minute(0), Minute(shuffled.Length - 1))
                == shuffled.Max(r => r.Count) - shuffled.Min(r => r.Count));
}
