using AirIsland.Simulators.Devices.Fitting;
using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Devices;

/// <summary>
/// A station with the field meters fitted to it and the devices that show their readings. Everything here is used under
/// <see cref="Gate"/>, so that whoever reads sees one instant.
/// </summary>
public sealed class MeteredStation
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ProfileDevice> _devices = [];
    private readonly Dictionary<string, Totaliser> _registers = [];

    /// <param name="station">What is measured; from here on only this steps it.</param>
    /// <param name="meters">What is fitted where.</param>
    /// <param name="seed">Of the meters' errors, noise and registers.</param>
    /// <exception cref="ArgumentException">A meter does not fit; the message says why.</exception>
    /// <exception cref="FileNotFoundException">There is no such profile.</exception>
    public MeteredStation(Station station, IReadOnlyList<MeterOptions> meters, int seed)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(meters);
        (Station, Instant) = (station, station.Spec.Start + TimeSpan.FromSeconds(station.Seconds));
        var places = new StationPlaces(station, seed);
        var profiles = meters.Select(m => m.Profile).Distinct().ToDictionary(id => id, DeviceProfiles.Load);
        foreach (var options in meters)
        {
            var profile = profiles[options.Profile];
            var place = places.Find(options.At);
            var meter = Meters.Fit(MeterFitter.Fit(options, profile, place, seed));
            _devices.Add(options.Id, new(options.Id, profile, options.Ratio, meter.Read, place.Settings));
            foreach (var (point, totaliser) in meter.Registers) _registers.Add($"{options.Id}/{point}", totaliser);
        }
        Meters.Stand(TimeSpan.Zero);
    }

    public Lock Gate { get; } = new();

    public Station Station { get; }

    /// <summary>The meters by their ids: where faults are switched.</summary>
    public MeterBank Meters { get; } = new();

    public IReadOnlyDictionary<string, ProfileDevice> Devices => _devices;

    /// <summary>The registers of all devices, by <c>device/point</c>.</summary>
    public IReadOnlyDictionary<string, Totaliser> Registers => _registers;

    /// <summary>Where the station is in time.</summary>
    public DateTimeOffset Instant { get; private set; }

    /// <summary>Lets the station run and the meters follow. Steps over one second are cut into equal parts of at most one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public void Step(TimeSpan dt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dt, TimeSpan.Zero);
        var end = Instant + dt;
        for (var left = (int)Math.Ceiling(dt / LongestStep); left > 0; left--)
        {
            var part = (end - Instant) / left;
            Station.Step(part.TotalSeconds);
            Meters.Advance(part);
            Instant += part;
        }
    }

    /// <summary>Time passes until an instant, nothing flows: registers stand, flows and powers read 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies before the present one.</exception>
    public void Stand(DateTimeOffset instant)
    {
        var pause = instant - Instant;
        ArgumentOutOfRangeException.ThrowIfLessThan(pause, TimeSpan.Zero);
        Station.Skip(pause.TotalSeconds);
        Meters.Stand(pause);
        Instant = instant;
    }
}
