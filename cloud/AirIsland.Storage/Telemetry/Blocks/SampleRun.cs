using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>Samples of one series, by instant; of one instant those learned earlier first.</summary>
internal sealed class SampleRun
{
    private readonly List<(long At, int Order, long Count, byte Quality)> _samples = [];
    private bool _isAscending = true;

    public int Count => _samples.Count;

    public void Add(long at, long count, byte quality)
    {
        _isAscending &= _samples.Count == 0 || at >= _samples[^1].At;
        _samples.Add((at, _samples.Count, count, quality));
    }

    /// <summary>Those of a column that lie in a stretch (half-open).</summary>
    public void Add(long[] instants, ColumnSamples column, long from, long to)
    {
        for (var i = 0; i < column.Length; i++)
        {
            var at = instants[column.RowOf(i)];
            if (at >= from && at < to) Add(at, column.Counts[i], column.QualityOf(i));
        }
    }

    public void Sort()
    {
        if (_isAscending) return;
        _samples.Sort(static (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Order.CompareTo(b.Order));
        _isAscending = true;
    }

    public IEnumerable<Sample> Samples()
    {
        foreach (var (at, _, count, code) in _samples)
        {
            var quality = Quality.FromCode(code);
            yield return new(Instant.FromUnixTimeMilliseconds(at), quality.HasValue ? count : null, quality);
        }
    }

    public void FillInto(BucketFold fold)
    {
        foreach (var (at, _, count, code) in _samples) fold.Add(at, count, Quality.FromCode(code));
    }
}
