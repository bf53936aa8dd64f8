using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Leak;

/// <summary>
/// Minimum-flow method: the 5 % quantile of the one-minute means of a company's flow in its idle hours. Sees leaks behind the meter;
/// blind to a company that never idles, and unable to tell a leak from a machine left on. Source: minimum night flow, leak layer 3.
/// </summary>
public sealed class NightMinimum(DateTimeZone zone, ReferenceState state)
{
    /// <summary>Fewer idle minutes than this tell nothing.</summary>
    public const int FewestMinutes = 15;

    private const double Quantile = 0.05;

    /// <summary>Samples of the company's flow tag, in any order; only Good ones are used.</summary>
    public LeakEstimate Estimate(CompanyId company, Tag flow, IEnumerable<Sample> samples, IReadOnlyCollection<IdleWindow> idle)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(idle);
        if (idle.Count == 0) return Unknown(company, "the company has no idle hours");
        var used = samples.Where(s => s.Count is not null && s.Quality == Quality.Good && IsIdle(s.At, idle)).ToList();
        var minutes = used.GroupBy(s => s.At.ToUnixTimeSeconds() / 60)
            .Select(g => g.Average(s => (double)flow.Value(s.Count ?? 0))).Order().ToList();
        if (minutes.Count < FewestMinutes) return Unknown(company, $"{minutes.Count} idle minutes, {FewestMinutes} are needed");
        // A feed that never moves is a frozen meter, not a steady leak: real flow has noise above the meter's resolution.
        if (minutes[0] > 0 && used.TrueForAll(s => s.Count == used[0].Count))
            return Unknown(company, "the flow never changed: frozen meter?");
        var from = new AirFlow(minutes[(int)(Quantile * (minutes.Count - 1))], flow.State ?? state);
        return new(company, from.At(state), new Interval(used.Min(s => s.At), used.Max(s => s.At)), minutes.Count);
    }

    private bool IsIdle(Instant at, IReadOnlyCollection<IdleWindow> idle)
    {
        var time = at.InZone(zone).TimeOfDay;
        return idle.Any(w => w.Contains(time));
    }

    private static LeakEstimate Unknown(CompanyId company, string why) => new(company, null, null, 0) { Unknown = why };
}
