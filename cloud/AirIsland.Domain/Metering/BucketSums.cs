using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>What a bucket adds up. Exact, but for straight lines that its ends cut.</summary>
internal struct BucketSums
{
    private const double MillisecondsPerSecond = 1000;

    private long _samples;
    private long _first;
    private long _last;
    private long _minimum;
    private long _maximum;
    private bool _hasExtremes;
    private Int128 _sum;
    private Int128 _twiceArea;
    private double _cutArea;
    private long _covered;
    private Quality _worst;

    public void Take(long count, Quality quality)
    {
        if (_samples++ == 0) _first = count;
        _last = count;
        _sum += count;
        Widen(count, count);
        _worst = _worst.Worse(quality);
    }

    public void Take(in SampleSummary summary, BucketMethod method)
    {
        if (_samples == 0) _first = summary.First;
        _samples += summary.Samples;
        _last = summary.Last;
        _sum += summary.Sum;
        _twiceArea += method == BucketMethod.Interpolate ? summary.TwiceLine : 2 * summary.Held;
        _covered += summary.LastAt - summary.FirstAt;
        Widen(summary.Minimum, summary.Maximum);
        _worst = _worst.Worse(summary.Worst);
    }

    /// <summary>A value that stands for some ms, measured here or before.</summary>
    public void Hold(long length, long count, Quality quality, BucketMethod method)
    {
        _twiceArea += 2 * (Int128)count * length;
        _covered += length;
        // What is held is no sample: only where values are held does it count for the extremes.
        if (method == BucketMethod.StepHold) Widen(count, count);
        _worst = _worst.Worse(quality);
    }

    /// <summary>A whole straight line of some ms.</summary>
    public void Draw(long length, Int128 twiceMean, Quality quality)
    {
        _twiceArea += twiceMean * length;
        _covered += length;
        _worst = _worst.Worse(quality);
    }

    /// <summary>Part of a straight line.</summary>
    public void Cut(long length, double mean, Quality quality)
    {
        _cutArea += mean * length;
        _covered += length;
        _worst = _worst.Worse(quality);
    }

    public readonly Bucket Close(Interval period, long length, BucketMethod method)
    {
        var area = ((double)_twiceArea / 2) + _cutArea;
        double? mean = method == BucketMethod.Samples
            ? _samples == 0 ? null : (double)_sum / _samples
            : _covered == 0 ? null : area / _covered;
        return new(
            period, _samples, _samples == 0 ? null : _first, _samples == 0 ? null : _last,
            _hasExtremes ? _minimum : null, _hasExtremes ? _maximum : null, mean,
            _covered == 0 ? null : area / MillisecondsPerSecond, (double)_covered / length, _worst);
    }

    private void Widen(long minimum, long maximum)
    {
        _minimum = _hasExtremes ? Math.Min(_minimum, minimum) : minimum;
        _maximum = _hasExtremes ? Math.Max(_maximum, maximum) : maximum;
        _hasExtremes = true;
    }
}
