using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Quantities;

namespace AirIsland.Edge.Pipeline;

/// <summary>Adds calculated tags.</summary>
public static class Calculating
{
    private const long LargestCount = 1L << 53;

    /// <summary>
    /// Behind each scan come those of the formulas that it sets off, at its instant. A result is as good as the worst of its inputs; Bad
    /// when one is Bad, was never read or is older than allowed, and when there is no number (a division by zero). What comes late, and
    /// says so, is of another time than the inputs of now: it sets nothing off and feeds nothing.
    /// </summary>
    /// <param name="scans">Scans of the station.</param>
    /// <param name="tags">Their tags.</param>
    /// <param name="formulas">Those of the site as it is now, in an order in which each comes after those that it needs.</param>
    public static IObservable<Scan> Calculate(
        this IObservable<Scan> scans, TagRegistry tags, Func<IReadOnlyList<BoundFormula>> formulas)
    {
        ArgumentNullException.ThrowIfNull(scans);
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(formulas);
        return Observable.Defer(() =>
        {
            var latest = new SlotStates<(Reading Reading, long Instant, bool IsKnown)>(tags);
            return scans.SelectMany(s =>
                formulas() is { Count: > 0 } all ? [s, .. Results(s, all, tags, latest)] : Enumerable.Repeat(s, 1));
        });
    }

    private static List<Scan> Results(
        Scan scan, IReadOnlyList<BoundFormula> formulas, TagRegistry tags, SlotStates<(Reading, long, bool)> latest)
    {
        var results = new List<Scan>();
        var fresh = new HashSet<uint>();
        foreach (var reading in scan.Readings.Where(r => !r.IsLate)) Take(reading);
        foreach (var formula in formulas)
        {
            if (!fresh.Contains(formula.Inputs[0])) continue;
            var result = Compute(formula, scan.Instant, tags, latest);
            Take(result);
            results.Add(new(formula.Group, scan.Instant, ScanContent.Levels, [result])
            {
                Doubt = scan.Doubt,
                IsTimedByUptime = scan.IsTimedByUptime,
            });
        }
        return results;

        void Take(Reading reading)
        {
            latest[reading.Tag] = (reading, scan.Instant, true);
            fresh.Add(reading.Tag);
        }
    }

    private static Reading Compute(
        BoundFormula formula, long instant, TagRegistry tags, SlotStates<(Reading Reading, long Instant, bool IsKnown)> latest)
    {
        var (quality, values) = (Quality.Good, new double[formula.Inputs.Count]);
        for (var i = 0; i < values.Length; i++)
        {
            var slot = formula.Inputs[i];
            var (reading, at, isKnown) = latest[slot];
            if (!isKnown || Int128.Abs((Int128)instant - at) > (long)formula.MaxAge.TotalMilliseconds)
                return Reading.Bad(formula.Tag, QualityReason.Communication);
            if (reading.Count is not { } count) return Reading.Bad(formula.Tag, reading.Quality.Reason);
            quality = quality.Worse(reading.Quality);
            values[i] = count * (double)tags[slot].Resolution;
        }
        var counts = Math.Round(formula.Formula.Evaluate(values) / formula.Resolution, MidpointRounding.ToEven);
        return Math.Abs(counts) <= LargestCount
            ? new(formula.Tag, (long)counts, quality)
            : Reading.Bad(formula.Tag, QualityReason.OutOfRange);
    }
}
