using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Scenarios;
using AirIsland.Simulators.Scenarios.Events;
using AirIsland.Simulators.Stations;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators;

/// <summary>The station of a scenario that is served live: with its meters, on the clock, at its places on the wire.</summary>
internal sealed class ServedPlant
{
    /// <summary>Chosen: machines are warm and idling ones have stopped.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    private readonly PlantOptions _options;
    private readonly ScenarioFile _scenario;
    private readonly ScenarioStation _station;

    /// <exception cref="OptionsValidationException">There is no such scenario, station or leak.</exception>
    public ServedPlant(PlantOptions options)
    {
        _options = options;
        try
        {
            _scenario = ScenarioFile.Load(options.Scenario);
            _station = _scenario.StationOf(options.Station);
        }
        catch (FormatException e)
        {
            throw Refused(e.Message);
        }
        if (options.Leaks.Keys.FirstOrDefault(id => _station.Leaks.All(l => l.Id != id)) is { } unknown)
            throw Refused($"{_station.Name} has no leak '{unknown}'; it has {string.Join(", ", _station.Leaks.Select(l => l.Id))}");
    }

    /// <summary>A station in the middle of its work: it has run before, so that no pressure, machine or dryer is only settling.</summary>
    /// <exception cref="OptionsValidationException">It cannot be so; the message says why.</exception>
    public MeteredStation Build(DateTimeOffset start)
    {
        try
        {
            return BuildWarm(start);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Refused(e.Message);
        }
    }

    /// <summary>What happens to it, from now on.</summary>
    /// <exception cref="OptionsValidationException">Something in it does not fit the station.</exception>
    public Timeline EventsOf(MeteredStation plant)
    {
        try
        {
            return _scenario.EventsOf(plant);
        }
        catch (FormatException e)
        {
            throw Refused(e.Message);
        }
    }

    public FleetOptions OnWire(ModbusPorts ports) => new()
    {
        Seed = _options.Seed,
        Lines = [.. _station.Lines.Select(ports.InsteadOf)],
        Devices = [.. _station.Meters.Select(m => m.OnWire(ports))],
    };

    private MeteredStation BuildWarm(DateTimeOffset start)
    {
        var described = _station with { Leaks = [.. _station.Leaks.Select(AsOptioned)] };
        var station = (_scenario with { Start = start - Before }).Build(described, unchecked((ulong)_options.Seed));
        for (var step = TimeSpan.Zero; step < Before; step += PlantRunner.Step) station.Step(PlantRunner.Step.TotalSeconds);
        return new(station, _station.Meters, _options.Seed);
    }

    private LeakSpec AsOptioned(LeakSpec leak) =>
        _options.Leaks.TryGetValue(leak.Id, out var diameter) ? leak with { DiameterMm = diameter } : leak;

    private static OptionsValidationException Refused(string mistake) => new("plant", typeof(PlantOptions), [$"plant: {mistake}"]);
}
