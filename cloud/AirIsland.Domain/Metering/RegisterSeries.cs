using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// The usable reads of one meter register, in time order, and the questions a bill or a ratio asks of them. Volume and energy are
/// always a difference of two register values, never a sum of flows. Reads that are Bad, or Uncertain because of a clock or a suspect
/// register, are not used. Nothing is bridged over a <see cref="RegisterBreak"/>.
/// </summary>
public sealed class RegisterSeries
{
    /// <summary>A rollover is believed when the register was in the last tenth of its range and is now in the first tenth.</summary>
    private const int RolloverShare = 10;

    private readonly List<Read> _reads = [];
    private readonly List<RegisterBreak> _breaks = [];
    private readonly List<Instant> _doubted = [];

    public RegisterSeries(Tag tag, IEnumerable<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(samples);
        if (tag.Kind != TagKind.Register) throw new ArgumentException($"{tag.Id} is no register", nameof(tag));
        Tag = tag;
        foreach (var sample in samples.OrderBy(s => s.At)) Append(sample);
    }

    public Tag Tag { get; }

    public Instant? First => _reads.Count == 0 ? null : _reads[0].At;

    public Instant? Last => _reads.Count == 0 ? null : _reads[^1].At;

    /// <summary>The first break inside a period, both ends included, or null.</summary>
    public RegisterBreak? BreakIn(Instant from, Instant to)
    {
        foreach (var found in _breaks)
        {
            // A step backwards spoils what began before it; a conflict spoils its own instant too.
            if (found.At <= to && (found.Step == RegisterStep.Conflict ? found.At >= from : found.At > from)) return found;
        }
        return null;
    }

    /// <summary>
    /// The first read with a doubted clock that says it lies in the period or within <see cref="SampleClock.DoubtReach"/> of it, or null:
    /// it may belong inside, and an end of the period may need it.
    /// </summary>
    public Instant? DoubtedNear(Interval period)
    {
        var (from, to) = (period.Start - SampleClock.DoubtReach, period.End + SampleClock.DoubtReach);
        var found = _doubted.FindIndex(d => d >= from && d <= to);
        return found < 0 ? null : _doubted[found];
    }

    /// <summary>
    /// The register at an instant: the read itself, or the value interpolated between its neighbours, rounded half to even at the
    /// register's resolution and marked Uncertain/Substituted. Null outside the reads, at a conflict, and inside a step backwards.
    /// </summary>
    public BoundaryRead? At(Instant instant)
    {
        var i = LastAtOrBefore(instant);
        if (i < 0) return null;
        var before = _reads[i];
        if (before.At == instant) return BreakIn(instant, instant) is null ? new(instant, before.Count, before.Quality) : null;
        if (i + 1 == _reads.Count || BreakIn(before.At, _reads[i + 1].At) is not null) return null;
        var after = _reads[i + 1];
        // Exact: whoever computes it again by hand gets the same count.
        var share = ConversionFactor.Of(Milliseconds(instant - before.At), Milliseconds(after.At - before.At));
        var passed = share.Apply(after.Total - before.Total);
        return new(instant, Wrap(before.Count + passed), Quality.Uncertain(QualityReason.Substituted));
    }

    /// <summary>Counts that passed between two instants, rollovers added. Null when one end is not known or a break lies between.</summary>
    public long? Between(Instant from, Instant to)
    {
        var (start, end) = (TotalAt(from), TotalAt(to));
        return start is null || end is null || BreakIn(from, to) is not null ? null : end - start;
    }

    /// <summary>The share of the period, 0…1, in which reads are no further apart than <paramref name="longestGap"/>.</summary>
    public double Coverage(Interval period, Duration longestGap)
    {
        var covered = Duration.Zero;
        for (var i = Math.Max(1, LastAtOrBefore(period.Start)); i < _reads.Count && _reads[i - 1].At < period.End; i++)
        {
            var (from, to) = (Instant.Max(_reads[i - 1].At, period.Start), Instant.Min(_reads[i].At, period.End));
            if (to > from && _reads[i].At - _reads[i - 1].At <= longestGap) covered += to - from;
        }
        return covered / period.Duration;
    }

    public static RegisterStep Classify(long before, long after, long? modulus)
    {
        if (after >= before) return RegisterStep.Forward;
        var atEnd = modulus is { } m && before >= m - (m / RolloverShare) && after < m / RolloverShare;
        return atEnd ? RegisterStep.Rollover : RegisterStep.Backwards;
    }

    private static long Milliseconds(Duration duration) => (long)duration.TotalMilliseconds;

    private void Append(Sample sample)
    {
        if (sample.Count is not { } count || sample.Quality.Reason == QualityReason.SuspectRegister) return;
        if (sample.Quality.Reason == QualityReason.Clock)
        {
            _doubted.Add(sample.At);
            return;
        }
        if (_reads.Count == 0)
        {
            _reads.Add(new(sample.At, count, count, sample.Quality));
            return;
        }
        var before = _reads[^1];
        if (sample.At == before.At)
        {
            if (count != before.Count) _breaks.Add(new(sample.At, RegisterStep.Conflict));
            return;
        }
        var step = Classify(before.Count, count, Tag.Modulus);
        if (step == RegisterStep.Backwards) _breaks.Add(new(sample.At, step));
        var passed = count - before.Count + (step == RegisterStep.Rollover ? Tag.Modulus.GetValueOrDefault() : 0);
        _reads.Add(new(sample.At, count, before.Total + passed, sample.Quality));
    }

    private long? TotalAt(Instant instant)
    {
        var i = LastAtOrBefore(instant);
        if (i < 0 || At(instant) is not { } read) return null;
        var passed = read.Count - _reads[i].Count;
        return _reads[i].Total + (passed < 0 ? passed + Tag.Modulus.GetValueOrDefault() : passed);
    }

    private long Wrap(long count) => Tag.Modulus is { } modulus && count >= modulus ? count - modulus : count;

    private int LastAtOrBefore(Instant instant)
    {
        var (low, high) = (0, _reads.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_reads[middle].At <= instant) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }

    /// <summary>One read; <c>Total</c> is the count with all rollovers since the first read added.</summary>
    private readonly record struct Read(Instant At, long Count, long Total, Quality Quality);
}
