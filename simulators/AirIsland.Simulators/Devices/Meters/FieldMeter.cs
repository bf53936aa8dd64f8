using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;
using AirIsland.Simulators.Devices.Meters.Registers;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>
/// A meter of any kind as it is in the field: sensors that are off within their class, registers that count what the sensors saw, and
/// faults that can be switched on and off. It is put together point by point and knows the plant by its wires only.
/// </summary>
public sealed partial class FieldMeter : IFaultable
{
    private readonly int _seed;
    private readonly List<MeasuredPoint> _measured = [];
    private readonly List<CountedPoint> _counted = [];
    private readonly Dictionary<string, Totaliser> _registers = [];
    private readonly Dictionary<string, Func<decimal>> _read = [];
    private long _ticks;

    /// <param name="id">The device.</param>
    /// <param name="serial">The piece of hardware.</param>
    /// <param name="seed">Of its errors, noise and registers, together with id and point.</param>
    public FieldMeter(string id, string serial, int seed) => (Id, Serial, _seed) = (id, serial, seed);

    public string Id { get; }

    /// <summary>Of the piece of hardware that is fitted; another one after an exchange.</summary>
    public string Serial { get; private set; }

    /// <summary>Its registers by point name.</summary>
    public IReadOnlyDictionary<string, Totaliser> Registers => _registers;

    /// <summary>Fits a sensor.</summary>
    /// <param name="point">Its name.</param>
    /// <param name="spec">Its data sheet.</param>
    /// <param name="source">Its wire.</param>
    /// <param name="errors">How far it is off; drawn within its class by default.</param>
    /// <param name="role">What it hangs on, for faults of electric wiring.</param>
    public FieldMeter Measure(
        string point, MeterSpec spec, TrueRate source, MeterErrors? errors = null, ElectricRole role = ElectricRole.None)
    {
        var noise = InstantNoise.SeedOf(_seed, $"{Id}/{point}");
        var chain = new MeasuringChain(spec, errors ?? MeterErrors.Draw(spec, DrawOf(point, Serial)), noise);
        _read.Add(point, () => chain.Reading(_ticks));
        _measured.Add(new(point, chain, new(source), role));
        return this;
    }

    /// <summary>Fits a register to a sensor.</summary>
    /// <param name="point">Its name.</param>
    /// <param name="of">The sensor that it counts.</param>
    /// <param name="perSecond">Register units per unit of the sensor and second: 1/60 for m³ of m³/min, 1/3600 for kWh of kW.</param>
    /// <param name="spec">How it is held.</param>
    /// <param name="isDue">Whether it is this register that counts now, as with tariffs; null: always.</param>
    /// <exception cref="ArgumentException">There is no such sensor.</exception>
    public FieldMeter Count(string point, string of, double perSecond, RegisterSpec spec, Func<bool>? isDue = null)
    {
        var totaliser = Totaliser.Used(spec, DrawOf(point, Serial));
        _counted.Add(new(totaliser, Measured(of), perSecond, isDue));
        _read.Add(point, () => totaliser.Register);
        _registers.Add(point, totaliser);
        return this;
    }

    /// <summary>Fits a display of something that is known exactly: a state, a code, a setting.</summary>
    public FieldMeter Display(string point, Func<decimal> value)
    {
        _read.Add(point, value);
        return this;
    }

    /// <summary>Follows the plant after a step of that length.</summary>
    public void Advance(TimeSpan dt)
    {
        var seconds = dt.TotalSeconds;
        foreach (var point in _measured) point.Advance(seconds);
        foreach (var register in _counted) register.Pass();
        _ticks += dt.Ticks;
        if (_registersStand) return;
        foreach (var register in _counted) register.Count(seconds, _backwards);
    }

    /// <summary>Time passes and nothing flows: registers stand, flows and powers read 0, levels are read.</summary>
    public void Stand(TimeSpan dt = default)
    {
        foreach (var point in _measured) point.Stand(dt.TotalSeconds);
        _ticks += dt.Ticks;
    }

    /// <summary>The reading now, in the unit of the point.</summary>
    /// <exception cref="ArgumentException">It has no such point.</exception>
    public decimal Read(string point)
    {
        if (!_read.TryGetValue(point, out var read)) throw NoSuch(point);
        if (_readsZero.Contains(point)) return 0;
        return _frozen is null ? read() : _frozen[point];
    }

    /// <summary>
    /// A running total of what there was to count at the place of a register, counted or not and by whomever, in its unit: the truth
    /// beside it.
    /// </summary>
    /// <exception cref="ArgumentException">It has no such register.</exception>
    public Func<double> PassedBy(string register)
    {
        var counted = _counted.Find(known => known.Totaliser == _registers.GetValueOrDefault(register)) ?? throw NoSuch(register);
        return () => counted.Passed;
    }

    private MeasuredPoint Measured(string point) => _measured.Find(known => known.Name == point) ?? throw NoSuch(point);

    private ArgumentException NoSuch(string point) => new($"{Id} has no point '{point}'", nameof(point));

    private Random DrawOf(string point, string serial) => new((int)InstantNoise.SeedOf(_seed, $"{serial}/{point}"));
}
