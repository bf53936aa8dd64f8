using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// Folds the samples of a tag, by instant, into buckets. To cover their ends it wants samples from the longest hold before the first to
/// the longest hold after the last. Whole stretches inside a bucket may be given as summaries: the result is the same.
/// </summary>
public sealed class BucketFold
{
    private readonly IReadOnlyList<Interval> _buckets;
    private readonly BucketSums[] _sums;
    private readonly long[] _edges;
    private readonly BucketMethod _method;
    private readonly long _longestHold;
    private int _at;
    private bool _holds;
    private long _heldAt;
    private long _held;
    private Quality _heldQuality;

    /// <param name="buckets">In time order, each beginning where the one before it ends.</param>
    /// <param name="method">What lies between two samples.</param>
    /// <param name="longestHold">Above zero.</param>
    public BucketFold(IReadOnlyList<Interval> buckets, BucketMethod method, Duration longestHold)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        _longestHold = (long)longestHold.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_longestHold, nameof(longestHold));
        (_buckets, _method, _sums) = (buckets, method, new BucketSums[buckets.Count]);
        _edges = new long[buckets.Count + 1];
        for (var i = 0; i < buckets.Count; i++)
        {
            if (i > 0 && buckets[i].Start != buckets[i - 1].End)
                throw new ArgumentException("buckets do not follow each other", nameof(buckets));
            if (i == 0) _edges[0] = buckets[0].Start.ToUnixTimeMilliseconds();
            _edges[i + 1] = buckets[i].End.ToUnixTimeMilliseconds();
        }
    }

    /// <summary>One sample, not older than the one before. One without a value ends what is held.</summary>
    public void Add(long at, long count, Quality quality)
    {
        if (!SampleSummary.Counts(quality))
        {
            if (!quality.HasValue) Break(at);
            return;
        }
        Reach(at, count);
        var i = Find(at);
        if ((uint)i < (uint)_sums.Length) _sums[i].Take(count, quality);
        (_holds, _heldAt, _held, _heldQuality) = (true, at, count, quality);
    }

    /// <summary>Whether a summary may stand for its samples: nothing in it is broken, and it lies in one bucket.</summary>
    public bool Takes(in SampleSummary summary) =>
        !summary.IsBroken && summary.LongestGap <= _longestHold
        && (summary.Samples == 0 || (Find(summary.FirstAt) is var i && (uint)i < (uint)_sums.Length && summary.LastAt < _edges[i + 1]));

    /// <summary>The samples of a stretch that <see cref="Takes"/> says may be given so.</summary>
    public void Add(in SampleSummary summary)
    {
        if (summary.Samples == 0) return;
        Reach(summary.FirstAt, summary.First);
        _sums[Find(summary.FirstAt)].Take(summary, _method);
        (_holds, _heldAt, _held, _heldQuality) = (true, summary.LastAt, summary.Last, summary.LastQuality);
    }

    /// <summary>
    /// A column of Good samples: sample i is of instant <c>rows[i]</c> (no rows: of instant i). What lies in one bucket is summed up at
    /// once.
    /// </summary>
    public void Add(ReadOnlySpan<long> instants, ReadOnlySpan<int> rows, ReadOnlySpan<long> counts)
    {
        for (var from = 0; from < counts.Length;)
        {
            var i = Find(instants[rows.IsEmpty ? from : rows[from]]);
            var end = i < 0 ? _edges[0] : i < _sums.Length ? _edges[i + 1] : long.MaxValue;
            var to = from + 1;
            while (to < counts.Length && instants[rows.IsEmpty ? to : rows[to]] < end) to++;
            var summary = (uint)i < (uint)_sums.Length
                ? SampleSummary.Of(rows.IsEmpty ? instants[from..to] : instants, rows.IsEmpty ? [] : rows[from..to], counts[from..to], [])
                : default;
            if (summary.Samples > 0 && Takes(summary)) Add(summary);
            else for (var k = from; k < to; k++) Add(instants[rows.IsEmpty ? k : rows[k]], counts[k], Quality.Good);
            from = to;
        }
    }

    /// <summary>The buckets; call once, after the last sample.</summary>
    public IReadOnlyList<Bucket> Finish()
    {
        Break(long.MaxValue);
        var found = new Bucket[_sums.Length];
        for (var i = 0; i < found.Length; i++) found[i] = _sums[i].Close(_buckets[i], _edges[i + 1] - _edges[i], _method);
        return found;
    }

    private void Break(long at)
    {
        if (_holds && _method != BucketMethod.Interpolate) Hold(Math.Min(at, _heldAt + _longestHold));
        _holds = false;
    }

    private void Reach(long at, long count)
    {
        if (!_holds) return;
        if (_method != BucketMethod.Interpolate) Hold(Math.Min(at, _heldAt + _longestHold));
        else if (at - _heldAt <= _longestHold) Draw(at, count);
    }

    private void Hold(long until)
    {
        for (var (from, i) = (_heldAt, Find(_heldAt)); from < until; i++)
        {
            if (i < 0) (i, from) = (0, Math.Max(from, _edges[0]));
            if (i >= _sums.Length || from >= until) return;
            var to = Math.Min(until, _edges[i + 1]);
            _sums[i].Hold(to - from, _held, _heldQuality, _method);
            from = to;
        }
    }

    private void Draw(long until, long count)
    {
        var slope = ((double)count - _held) / Math.Max(1, until - _heldAt);
        for (var (from, i) = (_heldAt, Find(_heldAt)); from < until; i++)
        {
            if (i < 0) (i, from) = (0, Math.Max(from, _edges[0]));
            if (i >= _sums.Length || from >= until) return;
            var to = Math.Min(until, _edges[i + 1]);
            if (from == _heldAt && to == until) _sums[i].Draw(to - from, (Int128)_held + count, _heldQuality);
            else _sums[i].Cut(to - from, _held + (slope * (((from + to) / 2.0) - _heldAt)), _heldQuality);
            from = to;
        }
    }

    /// <summary>The bucket of an instant: below zero before the first, the number of buckets after the last.</summary>
    private int Find(long at)
    {
        if (_sums.Length == 0 || at < _edges[0]) return -1;
        while (at < _edges[_at]) _at--;
        while (_at < _sums.Length && at >= _edges[_at + 1]) _at++;
        return _at;
    }
}
