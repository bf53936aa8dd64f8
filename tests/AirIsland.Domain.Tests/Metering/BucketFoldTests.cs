using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using CsCheck;
using NodaTime;

namespace AirIsland.Domain.Tests.Metering;

public sealed class BucketFoldTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 7, 1, 12, 0);
    private static readonly long NoonMs = Noon.ToUnixTimeMilliseconds();
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public void A_held_value_is_weighted_by_the_time_it_stands()
    {
        var bucket = Assert.Single(Fold(BucketMethod.StepHold, Minute, [60], (-10, 10), (20, 40), (50, 0)));

        // 10 for 20 s, 40 for 30 s, 0 for 10 s.
        Assert.Equal((20 * 10) + (30 * 40), bucket.Integral);
        Assert.Equal(1400 / 60.0, bucket.Mean);
        Assert.Equal((2L, 40L, 0L, 0L, 40L), (bucket.Samples, bucket.First, bucket.Last, bucket.Minimum, bucket.Maximum));
        Assert.False(bucket.HasGap);
    }

    [Fact]
    public void A_line_is_drawn_between_values_and_cut_at_the_ends()
    {
        var buckets = Fold(BucketMethod.Interpolate, Minute, [20, 20], (-10, 0), (10, 20), (50, 60));

        // From 10 at noon over 20 at 10 s to 30 at 20 s; then on to 50 at 40 s.
        Assert.Equal([20.0, 40.0], buckets.Select(b => b.Mean));
        Assert.Equal([400.0, 800.0], buckets.Select(b => b.Integral));
        Assert.Equal((null, 1.0), (buckets[1].First, buckets[1].Coverage));
    }

    [Fact]
    public void A_plain_mean_is_that_of_the_samples()
    {
        var bucket = Assert.Single(Fold(BucketMethod.Samples, Minute, [60], (0, 10), (1, 20), (59, 60)));

        Assert.Equal(30, bucket.Mean);
    }

    [Fact]
    public void Nothing_is_held_longer_than_the_longest_hold_and_the_gap_is_said()
    {
        var bucket = Assert.Single(Fold(BucketMethod.StepHold, Duration.FromSeconds(15), [60], (0, 10), (30, 20)));

        Assert.Equal((0.5, true, 15.0), (bucket.Coverage, bucket.HasGap, bucket.Mean));
        var line = Assert.Single(Fold(BucketMethod.Interpolate, Duration.FromSeconds(15), [60], (0, 10), (30, 20)));
        Assert.Equal((0.0, null), (line.Coverage, line.Mean));
    }

    [Fact]
    public void A_failure_ends_what_is_held()
    {
        var fold = new BucketFold(Buckets([60]), BucketMethod.StepHold, Minute);
        fold.Add(NoonMs, 10, Quality.Good);
        fold.Add(NoonMs + 30_000, 0, Quality.Bad(QualityReason.Communication));
        fold.Add(NoonMs + 40_000, 99, Quality.Uncertain(QualityReason.Clock));

        var bucket = Assert.Single(fold.Finish());
        Assert.Equal((0.5, 1L, 10L, Quality.Good), (bucket.Coverage, bucket.Samples, bucket.Maximum, bucket.Worst));
    }

    [Fact]
    public void A_sample_at_the_end_is_of_the_next_bucket() =>
        Assert.Equal([1L, 1], Fold(BucketMethod.Samples, Minute, [60, 60], (0, 1), (60, 2)).Select(b => b.Samples));

    [Fact]
    public void Summaries_and_samples_give_the_same_buckets_to_the_last_count() =>
        Gen.Select(
            Gen.Int[0, 2].Select(m => (BucketMethod)m),
            Gen.Int[1, 200],
            Gen.Select(Gen.Int[0, 90], Gen.Long[-1000, 1000], Gen.Int[0, 20]).Array[0, 60],
            Gen.Int[1, 120].Array[1, 6],
            Gen.Int[1, 10]).Sample((method, hold, steps, widths, pieces) =>
        {
            var samples = Samples(steps);
            var bySample = Filled(samples, new BucketFold(Buckets(widths), method, Duration.FromSeconds(hold)));
            var bySummary = new BucketFold(Buckets(widths), method, Duration.FromSeconds(hold));
            foreach (var chunk in samples.Chunk(pieces))
            {
                var summary = chunk.Aggregate(default(SampleSummary), (s, x) => s.With(x.At, x.Count, x.Quality));
                if (bySummary.Takes(summary)) bySummary.Add(summary);
                else foreach (var (at, count, quality) in chunk) bySummary.Add(at, count, quality);
            }
            Assert.Equal(bySample, bySummary.Finish());
        });

    [Fact]
    public void A_column_fills_the_buckets_as_its_samples_do() =>
        Gen.Select(
            Gen.Int[0, 2].Select(m => (BucketMethod)m), Gen.Int[1, 200], Gen.Select(Gen.Int[0, 90], Gen.Long[-1000, 1000]).Array[0, 60],
            Gen.Int[1, 120].Array[1, 6]).Sample((method, hold, steps, widths) =>
        {
            var samples = Samples([.. steps.Select(s => (s.Item1, s.Item2, 9))]);
            long[] instants = [.. samples.SelectMany(s => new[] { s.At - 1, s.At })];
            BucketFold Fold() => new(Buckets(widths), method, Duration.FromSeconds(hold));
            var (sparse, full) = (Fold(), Fold());
            sparse.Add(instants, [.. samples.Select((_, i) => (2 * i) + 1)], [.. samples.Select(s => s.Count)]);
            full.Add([.. samples.Select(s => s.At)], [], [.. samples.Select(s => s.Count)]);

            var expected = Filled(samples, Fold());
            Assert.Equal(expected, sparse.Finish());
            Assert.Equal(expected, full.Finish());
        });

    [Fact]
    public void A_column_is_summed_up_as_its_samples_are() =>
        Gen.Select(Gen.Int[0, 5000], Gen.OneOf(Gen.Long[-50, 50], Gen.Long), Gen.Int[0, 30]).Array[0, 40].Select(Gen.Bool).Sample(
            (steps, judged) =>
        {
            var samples = Samples(judged ? steps : [.. steps.Select(s => (s.Item1, s.Item2, 9))]);
            long[] instants = [.. samples.SelectMany(s => new[] { s.At - 1, s.At })];
            int[] rows = [.. samples.Select((_, i) => (2 * i) + 1)];
            long[] counts = [.. samples.Select(s => s.Count)];
            byte[] qualities = judged ? [.. samples.Select(s => s.Quality.Code)] : [];

            Assert.Equal(
                samples.Aggregate(default(SampleSummary), (sum, x) => sum.With(x.At, x.Count, x.Quality)),
                SampleSummary.Of(instants, rows, counts, qualities));
            Assert.Equal(
                SampleSummary.Of(instants, rows, counts, qualities),
                SampleSummary.Of([.. samples.Select(s => s.At)], [], counts, qualities));
        });

    [Fact]
    public void Covered_time_and_integral_are_those_of_a_count_second_by_second() =>
        Gen.Select(Gen.Int[1, 60], Gen.Select(Gen.Int[1, 90], Gen.Long[-1000, 1000], Gen.Int[0, 20]).Array[1, 30])
            .Sample((hold, steps) =>
            {
                var samples = Samples(steps);
                var fold = new BucketFold(Buckets([600]), BucketMethod.StepHold, Duration.FromSeconds(hold));
                var bucket = Assert.Single(Filled(samples, fold));
                var (covered, integral) = (0, 0L);
                for (var second = 0; second < 600; second++)
                {
                    var at = NoonMs + (second * 1000);
                    var last = samples.LastOrDefault(s => s.At <= at && s.Quality.Reason != QualityReason.Clock);
                    if (last.At == 0 || !last.Quality.HasValue || at - last.At >= hold * 1000) continue;
                    (covered, integral) = (covered + 1, integral + last.Count);
                }
                Assert.Equal(covered / 600.0, bucket.Coverage, 12);
                Assert.Equal(integral, bucket.Integral ?? 0);
            });

    private static (long At, long Count, Quality Quality)[] Samples((int Step, long Count, int Kind)[] steps)
    {
        var at = NoonMs - 60_000;
        return
        [
            .. steps.Select(s => (at += s.Step * 1000, s.Count, s.Kind switch
            {
                0 => Quality.Bad(QualityReason.Communication),
                1 => Quality.Uncertain(QualityReason.Clock),
                2 => Quality.Uncertain(QualityReason.Frozen),
                _ => Quality.Good,
            })),
        ];
    }

    private static IReadOnlyList<Bucket> Filled((long At, long Count, Quality Quality)[] samples, BucketFold fold)
    {
        foreach (var (at, count, quality) in samples) fold.Add(at, count, quality);
        return fold.Finish();
    }

    private static IReadOnlyList<Bucket> Fold(
        BucketMethod method, Duration hold, int[] widths, params (int Second, long Count)[] samples) =>
        Filled(
            [.. samples.Select(s => (NoonMs + (s.Second * 1000L), s.Count, Quality.Good))],
            new BucketFold(Buckets(widths), method, hold));

    private static List<Interval> Buckets(int[] seconds)
    {
        var buckets = new List<Interval>();
        var start = Noon;
        foreach (var width in seconds)
        {
            buckets.Add(new(start, start + Duration.FromSeconds(width)));
            start = buckets[^1].End;
        }
        return buckets;
    }
}
