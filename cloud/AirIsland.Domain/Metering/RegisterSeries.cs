using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// The usable reads of one meter register, in time order, and the questions a bill or a ratio asks of them. Volume and energy are
/// always a difference of two register values, never a sum of flows. Reads that are Bad, or Uncertain because of a clock or a suspect
/// register, are not used.
/// </summary>
public sealed class RegisterSeries
{
    /// <summary>A rollover is believed when the register was in the last tenth of its range and is now in the first tenth.</summary>
    private const int RolloverShare = 10;

    private readonly List<Read> _reads = [];

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

    /// <summary>The first read that is lower than the one before without being a rollover, or null.</summary>
    public Instant? BackwardsAt { get; private set; }

    /// <summary>
    /// The register at an instant: the read itself, or the value interpolated between its neighbours, rounded half to even at the
    /// register's resolution and marked Uncertain/Substituted. Null outside the reads, or between two reads that ran backwards.
    /// </summary>
    public BoundaryRead? At(Instant instant)
    {
        var i = LastAtOrBefore(instant);
        if (i < 0) return null;
        var before = _reads[i];
        if (before.At == instant) return new(instant, before.Count, before.Quality);
        if (i + 1 == _reads.Count || _reads[i + 1].Step == RegisterStep.Backwards) return null;
        var after = _reads[i + 1];
        var share = (instant - before.At).TotalMilliseconds / (after.At - before.At).TotalMilliseconds;
        var passed = (long)Math.Round((decimal)share * (after.Total - before.Total), MidpointRounding.ToEven);
        return new(instant, Wrap(before.Count + passed), Quality.Uncertain(QualityReason.Substituted));
    }

    /// <summary>
    /// Counts that passed between two instants, rollovers added. Null when one end is not covered or the register ran backwards inside.
    /// </summary>
    public long? Between(Instant from, Instant to)
    {
        var (start, end) = (TotalAt(from), TotalAt(to));
        return start is null || end is null || (BackwardsAt is { } back && from < back && back <= to) ? null : end - start;
    }

    /// <summary>
    /// The share of the period, 0…1, in which reads are no further apart than <paramref name="longestGap"/>.
    /// </summary>
    public double Coverage(Interval period, Duration longestGap)
    {
        var covered = Duration.Zero;
        for (var i = 1; i < _reads.Count; i++)
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

    private void Append(Sample sample)
    {
        if (sample.Count is not { } count || sample.Quality.Reason is QualityReason.Clock or QualityReason.SuspectRegister) return;
        if (_reads.Count == 0)
        {
            _reads.Add(new(sample.At, count, count, sample.Quality, RegisterStep.Forward));
            return;
        }
        var before = _reads[^1];
        if (sample.At == before.At) return;
        var step = Classify(before.Count, count, Tag.Modulus);
        if (step == RegisterStep.Backwards) BackwardsAt ??= sample.At;
        var passed = count - before.Count + (step == RegisterStep.Rollover ? Tag.Modulus.GetValueOrDefault() : 0);
        _reads.Add(new(sample.At, count, before.Total + passed, sample.Quality, step));
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
    private readonly record struct Read(Instant At, long Count, long Total, Quality Quality, RegisterStep Step);
}
