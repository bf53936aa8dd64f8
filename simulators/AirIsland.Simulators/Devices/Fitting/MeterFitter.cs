using System.Diagnostics;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Registers;

namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>
/// Builds a field meter by its profile from what its place offers: each level a sensor with the profile's last digit, each register a
/// sum of a sensor as wide as the profile says, each state as the device knows it.
/// </summary>
internal sealed class MeterFitter
{
    private readonly MeterOptions _options;
    private readonly Place _place;
    private readonly HashSet<string> _sensors = [];
    private readonly FieldMeter _meter;

    private MeterFitter(MeterOptions options, Place place, int seed)
    {
        (_options, _place) = (options, place);
        _meter = new(options.Id, options.Serial ?? options.Id, seed);
    }

    /// <exception cref="ArgumentException">The place does not offer what the profile shows, or a special point is not in it.</exception>
    public static FieldMeter Fit(MeterOptions options, DeviceProfile profile, Place place, int seed)
    {
        if (options.Points.Keys.FirstOrDefault(name => profile.Points.All(p => p.Name != name)) is { } unknown)
            throw new ArgumentException($"{options.Id}: {profile.Id} has no point '{unknown}'", nameof(options));
        var fitter = new MeterFitter(options, place, seed);
        // Sensors before the registers that count them.
        foreach (var point in profile.Points.OrderBy(p => p.Kind == PointKind.Register)) fitter.Fit(point.WithRatio(options.Ratio));
        return fitter._meter;
    }

    private void Fit(ProfilePoint point)
    {
        switch (_place.For(point.Name, point.Unit))
        {
            case Offer.Sensed sensed:
                Measure(point.Name, sensed, point);
                break;
            case Offer.Counted counted:
                // A device may count what it does not show: running hours, energy fed back.
                if (!_sensors.Contains(counted.Of)) Measure(counted.Of, _place.Sensor(counted.Of), point);
                _meter.Count(point.Name, counted.Of, counted.PerSecond, Register(point, counted.Initial), counted.IsDue);
                break;
            case Offer.Known known:
                _meter.Display(point.Name, known.Value);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Measure(string name, Offer.Sensed sensed, ProfilePoint point)
    {
        var special = _options.Points.GetValueOrDefault(name);
        var spec = sensed.Usual with
        {
            Class = special?.Class ?? sensed.Usual.Class,
            CutOff = special?.CutOff ?? sensed.Usual.CutOff,
            Resolution = point.Kind == PointKind.Level ? point.Resolution : 0,
        };
        var design = point.State is { } state ? _options.Design with { Reference = state } : _options.Design;
        _meter.Measure(name, spec, sensed.Tap(design), special?.Gain is { } gain ? new MeterErrors(gain) : null, sensed.Role);
        _sensors.Add(name);
    }

    private RegisterSpec Register(ProfilePoint point, decimal? initial) => new()
    {
        Kind = point.Item is not null ? RegisterKind.Bcd : point.Type switch
        {
            PointType.UInt16 => RegisterKind.UInt16,
            PointType.Bcd => RegisterKind.Bcd,
            PointType.Float32 => RegisterKind.Float32Sent,
            _ => RegisterKind.UInt32,
        },
        Digits = point.Item is { } item ? 2 * item.Format.Bytes : 4 * point.RegisterCount,
        Resolution = point.Resolution,
        Rollover = point.Modulus,
        Initial = _options.Points.GetValueOrDefault(point.Name)?.Initial ?? initial,
    };
}
