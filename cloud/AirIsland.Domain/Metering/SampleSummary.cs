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
}
