using AirIsland.Domain.Metering;
using AirIsland.Quantities;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// What a series has in one hour: either one column of a block, whole, with its summary, or samples put together from several places.
/// </summary>
internal sealed record LevelHour(SampleSummary? Summary, Func<(long[] Instants, ColumnSamples Samples)>? Column, SampleRun? Run)
{
    public IEnumerable<Sample> Samples(long from, long to)
    {
        var run = Run;
        if (run is null)
        {
            run = new();
            var (instants, samples) = Column!();
            run.Add(instants, samples, from, to);
        }
        return run.Samples();
    }

    /// <summary>By the summary where that is the same, else sample by sample.</summary>
    public void FillInto(BucketFold fold, long from, long to)
    {
        if (Run is not null)
        {
            Run.FillInto(fold);
            return;
        }
        if (Summary is { } summary && (summary.Samples == 0 || (summary.FirstAt >= from && summary.LastAt < to)) && fold.Takes(summary))
        {
            fold.Add(summary);
            return;
        }
        var (instants, samples) = Column!();
        for (var i = 0; i < samples.Length; i++)
        {
            var at = instants[samples.RowOf(i)];
            if (at >= from && at < to) fold.Add(at, samples.Counts[i], Quality.FromCode(samples.QualityOf(i)));
        }
    }
}
