using AirIsland.Quantities;

namespace AirIsland.Domain.Metering;

/// <summary>
/// The samples of one series in a stretch, as far as questions about whole stretches need them: exact, so that a fold over summaries and
/// one over samples agree to the last count. Instants and gaps are ms, since 1970 UTC. Without values every number is 0.
/// <c>Samples</c> are those with a value whose clock is believed; no other counts. <c>Held</c> is count × ms from the first to the last,
/// each value held until the next; <c>TwiceLine</c> twice the area, count × ms, under straight lines. <c>LongestGap</c> is between
/// neighbours. <c>IsBroken</c>: a sample without a value lies in the stretch, so that nothing may be held over it.
/// </summary>
public readonly record struct SampleSummary(
    long Samples, long FirstAt, long First, long LastAt, long Last, long Minimum, long Maximum,
    Int128 Sum, Int128 Held, Int128 TwiceLine, long LongestGap, bool IsBroken, Quality Worst, Quality LastQuality)
{
    /// <summary>Whether a sample says something of its moment: it has a value, and its clock is believed.</summary>
    public static bool Counts(Quality quality) => quality.HasValue && quality.Reason != QualityReason.Clock;

    /// <summary>With one more sample, not older than the last.</summary>
    public SampleSummary With(long at, long count, Quality quality)
    {
        if (!quality.HasValue) return this with { IsBroken = true };
        if (quality.Reason == QualityReason.Clock) return this;
        return Join(this, new(1, at, count, at, count, count, count, count, 0, 0, 0, false, quality, quality));
    }

    /// <summary>Two stretches, the earlier first.</summary>
    public static SampleSummary Join(in SampleSummary a, in SampleSummary b)
    {
        if (a.Samples == 0) return b with { IsBroken = a.IsBroken || b.IsBroken };
        if (b.Samples == 0) return a with { IsBroken = a.IsBroken || b.IsBroken };
        var gap = b.FirstAt - a.LastAt;
        return new(
            a.Samples + b.Samples, a.FirstAt, a.First, b.LastAt, b.Last, Math.Min(a.Minimum, b.Minimum), Math.Max(a.Maximum, b.Maximum),
            a.Sum + b.Sum, a.Held + b.Held + ((Int128)a.Last * gap), a.TwiceLine + b.TwiceLine + (((Int128)a.Last + b.First) * gap),
            Math.Max(Math.Max(a.LongestGap, b.LongestGap), gap), a.IsBroken || b.IsBroken, a.Worst.Worse(b.Worst),
            b.LastQuality);
    }

    /// <summary>
    /// Of a column: sample i is of instant <c>rows[i]</c> (no rows: of instant i) and has <c>qualities[i]</c> (none: all Good). Ascending.
    /// </summary>
    public static SampleSummary Of(
        ReadOnlySpan<long> instants, ReadOnlySpan<int> rows, ReadOnlySpan<long> counts, ReadOnlySpan<byte> qualities)
    {
        if (counts.IsEmpty) return default;
        if (qualities.IsEmpty && TrySum(instants, rows, counts, out var summary)) return summary;
        summary = default;
        for (var i = 0; i < counts.Length; i++)
        {
            var quality = qualities.IsEmpty ? Quality.Good : Quality.FromCode(qualities[i]);
            summary = summary.With(instants[rows.IsEmpty ? i : rows[i]], counts[i], quality);
        }
        return summary;
    }

    /// <summary>All Good and all near the first, as nearly always: then 64 bits are enough for what differs from it.</summary>
    private static bool TrySum(ReadOnlySpan<long> instants, ReadOnlySpan<int> rows, ReadOnlySpan<long> counts, out SampleSummary summary)
    {
        var (first, minimum, maximum) = (counts[0], counts[0], counts[0]);
        foreach (var count in counts) (minimum, maximum) = (Math.Min(minimum, count), Math.Max(maximum, count));
        var (from, to) = (instants[rows.IsEmpty ? 0 : rows[0]], instants[rows.IsEmpty ? counts.Length - 1 : rows[^1]]);
        var farthest = Int128.Max((Int128)maximum - first, (Int128)first - minimum);
        summary = default;
        if (farthest * Int128.Max(to - from, counts.Length) > long.MaxValue / 4) return false;
        var (sum, held, line, gap, before, at) = (0L, 0L, 0L, 0L, 0L, from);
        for (var i = 0; i < counts.Length; i++)
        {
            var next = instants[rows.IsEmpty ? i : rows[i]];
            var (step, above) = (next - at, counts[i] - first);
            sum += above;
            held += before * step;
            line += (before + above) * step;
            gap = Math.Max(gap, step);
            (before, at) = (above, next);
        }
        var flat = (Int128)first * (to - from);
        summary = new(
            counts.Length, from, first, to, counts[^1], minimum, maximum, ((Int128)first * counts.Length) + sum, flat + held,
            (2 * flat) + line, gap, false, Quality.Good, Quality.Good);
        return true;
    }
}
