using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;
using AirIsland.Simulators.Devices.Meters.Registers;

namespace AirIsland.Simulators.Devices.Fleet.Sources;

/// <summary>A perfect field meter for a description of points: a device without a plant counts and fails like any other.</summary>
internal static class SourcedMeter
{
    private const string Electrical = "electrical/";

    /// <param name="place">A description without a mistake.</param>
    /// <param name="profile">Its map.</param>
    /// <param name="elapsed">Of the plant's time since the start.</param>
    /// <param name="seed">Of its faults' noise.</param>
    public static FieldMeter Of(FleetDeviceOptions place, DeviceProfile profile, Func<TimeSpan> elapsed, int seed)
    {
        var meter = new FieldMeter(place.Id, serial: place.Id, seed);
        var points = profile.Points.Select(point => point.WithRatio(place.Ratio)).ToList();
        foreach (var point in points.Where(point => point.Kind != PointKind.Register)) Show(meter, point, place, elapsed);
        foreach (var point in points.Where(point => point.Kind == PointKind.Register)) Count(meter, point, OptionsOf(point, place));
        // The displays show their first values before anybody reads them.
        meter.Advance(TimeSpan.FromTicks(1));
        return meter;
    }

    private static void Show(FieldMeter meter, ProfilePoint point, FleetDeviceOptions place, Func<TimeSpan> elapsed)
    {
        var options = OptionsOf(point, place);
        if (point.Kind == PointKind.State)
        {
            meter.Display(point.Name, () => (decimal)options.Value);
            return;
        }
        var low = Math.Min((double)(point.Minimum ?? 0), options.Lowest);
        var high = Math.Max((double)(point.Maximum ?? 0), options.Highest);
        var counted = place.Points.Values.Any(other => other.Counts == point.Name);
        var spec = new MeterSpec { Low = low, High = high > low ? high : low + 1, Flows = counted };
        meter.Measure(point.Name, spec, _ => options.At(elapsed()), MeterErrors.None, RoleOf(point.Name));
    }

    private static void Count(FieldMeter meter, ProfilePoint point, PointOptions options)
    {
        var register = new RegisterSpec
        {
            Kind = RegisterKind.Float64,
            Resolution = point.Resolution,
            Rollover = point.Modulus,
            Initial = (decimal)options.Value,
        };
        if (options.Counts is { } counted)
        {
            meter.Count(point.Name, counted, options.PerSecond, register);
            return;
        }
        // A rate that stands, seen by a sensor of its own.
        var rate = $"{point.Name} rate";
        var spec = new MeterSpec { High = Math.Max(1, options.PerSecond) };
        meter.Measure(rate, spec, _ => options.PerSecond, MeterErrors.None).Count(point.Name, rate, perSecond: 1, register);
    }

    private static PointOptions OptionsOf(ProfilePoint point, FleetDeviceOptions place) =>
        place.Points.TryGetValue(point.Name, out var options) ? options : new()
        {
            Value = point.Kind switch
            {
                PointKind.State => point.Map?.Values.Min() ?? 0,
                PointKind.Level => Math.Max(0, (double)(point.Minimum ?? 0)),
                _ => 0,
            },
        };

    // electrical/VoltageA hangs on phase A, so that a missing phase finds it.
    private static ElectricRole RoleOf(string point) =>
        point.StartsWith(Electrical, StringComparison.Ordinal) && Enum.TryParse<ElectricRole>(point[Electrical.Length..], out var role)
            ? role
            : ElectricRole.None;
}
