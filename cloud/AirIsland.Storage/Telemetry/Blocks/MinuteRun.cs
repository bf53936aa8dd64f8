using AirIsland.Domain.Metering;
using AirIsland.Quantities;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// Neighbouring samples of a series as their summary. A run crosses no whole minute, no sample without a value, and no pause of more than
/// 15 s: buckets on whole minutes are folded from runs exactly, unless they hold values for less than that. Without samples it says that
/// one without a value was there.
/// </summary>
internal readonly record struct MinuteRun(long At, SampleSummary Summary)
{
    private const long Minute = 60_000;
    private const long LongestPause = 15_000;

    public bool IsBreak => Summary.Samples == 0;

    /// <summary>Samples, ascending, cut into runs and added to those before.</summary>
    public static void Cut(SampleRun samples, List<MinuteRun> runs)
    {
        samples.Each((at, count, quality) =>
        {
            if (!quality.HasValue)
            {
                if (runs.Count == 0 || !runs[^1].IsBreak) runs.Add(new(at, default));
                return;
            }
            if (!SampleSummary.Counts(quality)) return;
            if (runs.Count > 0 && runs[^1] is { IsBreak: false } last && at / Minute == last.At / Minute
                && at - last.Summary.LastAt <= LongestPause)
                runs[^1] = last with { Summary = last.Summary.With(at, count, quality) };
            else
                runs.Add(new(at, default(SampleSummary).With(at, count, quality)));
        });
    }

    /// <summary>
    /// Two lists of runs of a series as one. Runs that do not overlap stay as they are; of those that do, numbers, sums and extremes are
    /// exact, and the time between is taken to be at their mean.
    /// </summary>
    public static List<MinuteRun> Merge(IReadOnlyList<MinuteRun> a, IReadOnlyList<MinuteRun> b)
    {
        var merged = new List<MinuteRun>(a.Count + b.Count);
        foreach (var run in a.Concat(b).OrderBy(r => r.At))
        {
            if (merged.Count > 0 && !run.IsBreak && !merged[^1].IsBreak && run.At < merged[^1].Summary.LastAt)
                merged[^1] = Blend(merged[^1], run);
            else
                merged.Add(run);
        }
        return merged;
    }

    public void FillInto(BucketFold fold)
    {
        if (IsBreak)
        {
            fold.Add(At, 0, Quality.Bad(QualityReason.Communication));
            return;
        }
        if (fold.Takes(Summary))
        {
            fold.Add(Summary);
            return;
        }
        // Cut by an end of a bucket: of what is in it only the first and the last are known.
        fold.Add(Summary.FirstAt, Summary.First, Summary.Worst);
        if (Summary.Samples > 1) fold.Add(Summary.LastAt, Summary.Last, Summary.LastQuality);
    }

    private static MinuteRun Blend(in MinuteRun earlier, in MinuteRun later)
    {
        var (a, b) = (earlier.Summary, later.Summary);
        var end = b.LastAt >= a.LastAt ? b : a;
        var (samples, sum) = (a.Samples + b.Samples, a.Sum + b.Sum);
        var held = sum * (end.LastAt - a.FirstAt) / samples;
        return earlier with
        {
            Summary = a with
            {
                Samples = samples,
                LastAt = end.LastAt,
                Last = end.Last,
                Minimum = Math.Min(a.Minimum, b.Minimum),
                Maximum = Math.Max(a.Maximum, b.Maximum),
                Sum = sum,
                Held = held,
                TwiceLine = 2 * held,
                LongestGap = Math.Max(a.LongestGap, b.LongestGap),
                Worst = a.Worst.Worse(b.Worst),
                LastQuality = end.LastQuality,
            },
        };
    }
}
