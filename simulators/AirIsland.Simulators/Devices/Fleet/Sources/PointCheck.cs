using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices.Fleet.Sources;

/// <summary>What cannot be in the description of a device's points, one line a mistake.</summary>
internal static class PointCheck
{
    // What every register and every display can still take.
    private const double Largest = 1e12;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public static IEnumerable<string> Mistakes(IReadOnlyDictionary<string, PointOptions> points, DeviceProfile profile)
    {
        foreach (var (name, options) in points)
        {
            var known = profile.Points.FirstOrDefault(point => point.Name == name);
            foreach (var mistake in known is null ? NoSuch(profile) : OfPoint(known, options, points, profile))
                yield return $"{name}: {mistake}";
        }
    }

    private static IEnumerable<string> NoSuch(DeviceProfile profile) =>
        [$"{profile.Id} has no such point (it has {string.Join(", ", profile.Points.Select(point => point.Name))})"];

    private static IEnumerable<string> OfPoint(
        ProfilePoint known, PointOptions options, IReadOnlyDictionary<string, PointOptions> points, DeviceProfile profile) =>
        OfFigures(options).Concat(known.Kind == PointKind.Register ? OfRegister(options, points, profile) : OfOther(options, known));

    private static IEnumerable<string> OfFigures(PointOptions options)
    {
        double[] figures = [options.Value, options.Amplitude ?? 0, options.To ?? 0, options.PerSecond];
        if (figures.Any(figure => !(Math.Abs(figure) <= Largest))) yield return $"no figure may be beyond {Largest:0}";
        if (options.Amplitude is not null && options.To is not null) yield return "a sine (amplitude) or a ramp (to), not both";
        if (options.Period < Shortest) yield return $"a period is at least {Shortest.TotalSeconds:0} s";
    }

    private static IEnumerable<string> OfRegister(
        PointOptions options, IReadOnlyDictionary<string, PointOptions> points, DeviceProfile profile)
    {
        if (options.Amplitude is not null || options.To is not null) yield return "a register counts: it has no amplitude and no end";
        if (options.Value < 0 || options.PerSecond < 0) yield return "a register neither begins nor counts below zero";
        if (options.Counts is not { } counted) yield break;
        if (!profile.Points.Any(point => point.Name == counted && point.Kind == PointKind.Level))
            yield return $"it counts {counted}, which is no level of {profile.Id}";
        if (points.TryGetValue(counted, out var source) && source.Lowest < 0) yield return $"it counts {counted}, which goes below zero";
        if (options.PerSecond == 0) yield return $"it counts {counted}, and perSecond is missing (1/60 for m3 of m3/min)";
    }

    private static IEnumerable<string> OfOther(PointOptions options, ProfilePoint point)
    {
        if (options.Counts is not null || options.PerSecond != 0) yield return "only registers count";
        if (point.Kind != PointKind.State) yield break;
        if (options.Amplitude is not null || options.To is not null || options.Value != Math.Floor(options.Value))
            yield return "a state is a whole number that stands";
        else if (point.Map is { } map && !map.Values.Contains((long)options.Value))
            yield return $"there is no state {options.Value:0} (there are {string.Join(", ", map.Values.Distinct().Order())})";
    }
}
