using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>A place of a station where meters can be fitted, and what it offers them, by the point names of the device profiles.</summary>
internal sealed class Place(string name)
{
    private readonly Dictionary<string, Offer> _offers = [];
    private Func<string, decimal>? _knows;

    /// <summary>What takes the settings of a device here; null: nothing can be set.</summary>
    public ISettable? Settings { get; private set; }

    /// <exception cref="ArgumentException">The place has no such thing, or has it in another unit.</exception>
    public Offer For(string point, string unit)
    {
        if (_knows is { } knows) return new Offer.Known(unit, () => knows(point));
        if (!_offers.TryGetValue(point, out var offer))
            throw new ArgumentException($"{name} has no '{point}'; it has {string.Join(", ", _offers.Keys)}", nameof(point));
        return offer.Unit == unit ? offer : throw new ArgumentException($"{name} has '{point}' in {offer.Unit}, not {unit}", nameof(unit));
    }

    /// <summary>The sensed value of that name.</summary>
    public Offer.Sensed Sensor(string point) => (Offer.Sensed)_offers[point];

    public Place Sense(string point, string unit, MeterSpec usual, Func<double> value, ElectricRole role = ElectricRole.None) =>
        Sense(point, unit, usual, _ => Tap.Level(value), role);

    public Place Sense(
        string point, string unit, MeterSpec usual, Func<FlowMeterDesign, TrueRate> tap, ElectricRole role = ElectricRole.None) =>
        Add(point, new Offer.Sensed(unit, usual, tap, role));

    public Place Count(
        string point, string unit, string of, double perSecond, decimal? initial = null, Func<bool>? isDue = null) =>
        Add(point, new Offer.Counted(unit, of, perSecond, initial, isDue));

    public Place Know(string point, string unit, Func<decimal> value) => Add(point, new Offer.Known(unit, value));

    /// <summary>A device here knows all of its points by itself, in the units of its map.</summary>
    public Place KnowAll(Func<string, decimal> read)
    {
        _knows = read;
        return this;
    }

    public Place SetBy(ISettable settings)
    {
        Settings = settings;
        return this;
    }

    private Place Add(string point, Offer offer)
    {
        _offers.Add(point, offer);
        return this;
    }
}
