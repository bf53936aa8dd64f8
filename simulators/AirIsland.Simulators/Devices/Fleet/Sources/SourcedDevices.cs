using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Faults;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators.Devices.Fleet.Sources;

/// <summary>
/// The devices that the settings name, each a field meter on values of its own. They follow the plant's time, from the instant at which
/// the plant starts.
/// </summary>
public sealed class SourcedDevices : IPlantFollower
{
    private readonly FleetOptions _options;
    private readonly Dictionary<string, FieldMeter> _meters;
    private readonly Dictionary<string, ProfileDevice> _devices;
    private DateTimeOffset? _start;
    private DateTimeOffset _instant;

    /// <exception cref="OptionsValidationException">The description cannot be; names every mistake.</exception>
    public SourcedDevices(FleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        FleetSettings.Check(options);
        _options = options;
        var profiles = options.Devices.Select(place => place.Profile).Distinct().ToDictionary(id => id, DeviceProfiles.Load);
        _meters = options.Devices.ToDictionary(
            place => place.Id, place => SourcedMeter.Of(place, profiles[place.Profile], Elapsed, options.Seed));
        _devices = options.Devices.ToDictionary(
            place => place.Id, place => new ProfileDevice(place.Id, profiles[place.Profile], place.Ratio, _meters[place.Id].Read));
    }

    /// <summary>These devices and those of a station as one fleet, under the station's gate.</summary>
    /// <exception cref="OptionsValidationException">They stand in each other's way.</exception>
    public DeviceFleet Beside(DeviceFleet station)
    {
        ArgumentNullException.ThrowIfNull(station);
        var others = _options.Station ? station.Devices.ToDictionary(device => device.Id) : [];
        var all = _options with
        {
            Lines = [.. _options.Station ? station.Lines : [], .. _options.Lines],
            Devices = [.. others.Values.Select(device => device.Place), .. _options.Devices],
        };
        FleetSettings.Check(all);
        var devices = new Dictionary<string, ProfileDevice>(_devices);
        foreach (var other in others.Values) devices.Add(other.Id, other.Device);
        return new(all, devices, station.Gate, MeterOf);

        IFaultable? MeterOf(string id) => _meters.TryGetValue(id, out var meter) ? meter : others[id].Meter;
    }

    public void Follow(DateTimeOffset instant)
    {
        var passed = _start is null ? TimeSpan.Zero : instant - _instant;
        _start ??= instant;
        _instant = instant;
        if (passed <= TimeSpan.Zero) return;
        foreach (var meter in _meters.Values) meter.Advance(passed);
    }

    private TimeSpan Elapsed() => _instant - (_start ?? _instant);
}
