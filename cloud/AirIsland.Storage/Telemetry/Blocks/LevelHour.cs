using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// What a series has in one hour: either one column of a block, whole, with its summary, samples put together from several places,
/// or minutes.
/// </summary>
internal sealed class LevelHour
{
    private readonly LevelReader? _reader;
    private readonly Lease? _month;
    private readonly SeriesHour _row;
    private readonly SampleRun? _run;
    private readonly IReadOnlyList<MinuteRun>? _minutes;

    public LevelHour(LevelReader reader, Lease month, in SeriesHour row) => (_reader, _month, _row) = (reader, month, row);

    public LevelHour(SampleRun run) => _run = run;

    /// <summary>What is only known by the minute, and what came late to it: for buckets only.</summary>
    public LevelHour(IReadOnlyList<MinuteRun> minutes) => _minutes = minutes;

    public IEnumerable<Sample> Samples(long from, long to)
    {
        if (_run is not null) return _run.Samples();
        var run = new SampleRun();
        var (instants, samples) = _reader!.Read(_month!, _row);
        run.Add(instants, samples, from, to);
        return run.Samples();
    }

    /// <summary>By the summary where that is the same, else sample by sample.</summary>
    public void FillInto(BucketFold fold, long from, long to)
    {
        if (_minutes is not null)
        {
            foreach (var run in _minutes) run.FillInto(fold);
            return;
        }
        if (_run is not null)
        {
            _run.FillInto(fold);
            return;
        }
        if ((_row.Summary.Samples == 0 || (_row.Summary.FirstAt >= from && _row.Summary.LastAt < to)) && fold.Takes(_row.Summary))
        {
            fold.Add(_row.Summary);
            return;
        }
        var (instants, samples) = _reader!.Read(_month!, _row);
        if (samples.Qualities is null && samples.Length > 0 && instants[0] >= from && instants[^1] < to)
        {
            fold.Add(instants, samples.Rows, samples.Counts);
            return;
        }
        for (var i = 0; i < samples.Length; i++)
        {
            var at = instants[samples.RowOf(i)];
            if (at >= from && at < to) fold.Add(at, samples.Counts[i], Quality.FromCode(samples.QualityOf(i)));
        }
    }
}
