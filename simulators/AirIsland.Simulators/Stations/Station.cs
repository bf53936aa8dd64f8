using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Calendar;
using AirIsland.Simulators.Physics.Climate;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Network;
using AirIsland.Simulators.Stations.Control;

namespace AirIsland.Simulators.Stations;

/// <summary>
/// A station put together: weather, compressors, treatment, water, network, companies. Pure and seeded: no clock, no I/O; the same steps
/// give the same station to the last bit. Steps of about a second resolve its controls. Not thread-safe.
/// </summary>
public sealed class Station
{
    /// <summary>Name of the place between compressors and dryer.</summary>
    public const string WetReceiver = "wet receiver";

    /// <summary>Name of the place behind the dryer.</summary>
    public const string HeaderName = "header";

    /// <summary>Names of the other places of meters: all electricity, the water circuits, the station controller.</summary>
    public const string All = "station";
    public const string CoolingWaterLoop = "cooling water";
    public const string RecoveredHeat = "recovered heat";
    public const string ControllerName = "controller";

    /// <summary>What meters can be fitted to, beside machines and companies, which cannot be called so.</summary>
    internal static readonly string[] PlaceNames =
        [All, WetReceiver, HeaderName, CoolingWaterLoop, RecoveredHeat, ControllerName];

    /// <summary>Treatment and water are slower than the pressures; they are moved on this often.</summary>
    private const double SettleSeconds = 5;

    private readonly ClimateTrack _climate;
    private readonly Compressor[] _compressors;
    private readonly CompressorCommand[] _commands;
    private readonly Branch[] _branches;
    private readonly Leak[] _leaks;
    private readonly double _firstKg;
    private double _sinceSettled, _electricJ, _airWorkJ;

    /// <exception cref="ArgumentException">The spec contradicts itself; the message says where.</exception>
    public Station(StationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        StationCheck.MustFit(spec);
        Spec = spec;
        var calendar = StationCalendar.InChina(spec.Start);
        _climate = new(spec.Climate, calendar, spec.Seed);
        Outdoor = _climate.At(0);
        _compressors = [.. spec.Compressors.Select(c => new Compressor(c))];
        _commands = [.. spec.Compressors.Select(_ => CompressorCommand.Auto)];
        Controller = spec.Control is null ? null : new(spec.Control, spec.Compressors);
        Water = new(spec.Compressors, spec.HeatRecovery, Outdoor.Kelvin);
        var park = new Park(spec, calendar);
        (Wet, Header, Treatment, Network) = (park.Wet, park.Header, park.Treatment, park.Network);
        (_branches, _leaks) = (park.Branches, park.Leaks);
        _firstKg = Network.Kg;
    }

    public StationSpec Spec { get; }

    /// <summary>Since the start.</summary>
    public double Seconds { get; private set; }

    public OutdoorAir Outdoor { get; private set; }

    /// <summary>Whether the station has electricity. What the companies use is theirs.</summary>
    public bool HasMains { get; set; } = true;

    public ReadOnlySpan<Compressor> Compressors => _compressors;

    /// <summary>Null when the spec has none.</summary>
    public StationController? Controller { get; }

    /// <summary>
    /// What each compressor is told; by itself it works by its own bands. A controller writes all but mains, trips and resets.
    /// </summary>
    public Span<CompressorCommand> Commands => _commands;

    public Treatment Treatment { get; }

    /// <summary>Cooling water and heat recovery.</summary>
    public WaterCircuits Water { get; }

    public ReadOnlySpan<Branch> Branches => _branches;

    public ReadOnlySpan<Leak> Leaks => _leaks;

    public PipeNetwork Network { get; }

    /// <summary>Between compressors and dryer.</summary>
    public Node Wet { get; }

    /// <summary>Behind the dryer: where supply pressure and dew point are measured.</summary>
    public Node Header { get; }

    /// <summary>Electrical power of the whole station in the last step.</summary>
    public double PowerW { get; private set; }

    /// <summary>What the station's own meter would have counted, J.</summary>
    public double ElectricJ => _electricJ;

    public StationTruth Truth
    {
        get
        {
            var totals = _compressors.Select(c => c.Totals).ToArray();
            return new(
                Seconds,
                totals.Sum(t => t.IntakeKg),
                totals.Sum(t => t.VentedKg),
                Treatment.PurgedKg,
                Treatment.DrainedKg,
                Network.Kg - _firstKg + totals.Sum(t => t.HeldKg),
                EnergyOf(totals),
                [.. _branches.Select(TruthOf)],
                [.. _leaks.Select(l => new LeakTruth(l.Id, l.Node.Id, _branches.Any(b => b.Holds(l.Node)), l.DiameterMm, l.Kg))]);
        }
    }

    /// <summary>Lets time pass; no allocation.</summary>
    public void Step(double seconds)
    {
        var begin = Seconds;
        Seconds += seconds;
        Outdoor = _climate.At(Seconds);
        var room = new Surroundings(
            Outdoor.Pa, Outdoor.Kelvin + Spec.RoomRiseKelvin, Outdoor.RelativeHumidity, Water.SupplyKelvin);
        if (HasMains) Controller?.Decide(seconds, (Header.Pa - Outdoor.Pa) * 1e-6, _compressors, _commands);
        else Controller?.Pass(seconds);
        var (watts, kgPerSecond) = Compress(seconds, room);
        _sinceSettled += seconds;
        if (_sinceSettled >= SettleSeconds) Settle(room.Kelvin, kgPerSecond * seconds);

        Treatment.Draw(seconds, HasMains);
        Water.Draw(seconds, HasMains);
        // A machine that starts at eight takes air from eight on.
        foreach (var branch in _branches) branch.Draw(begin);
        foreach (var leak in _leaks) leak.Open(Outdoor.Pa);
        Network.Step(seconds);
        foreach (var branch in _branches) branch.Count(seconds);
        foreach (var leak in _leaks) leak.Count(seconds);

        PowerW = watts + Treatment.PowerW + Water.PowerW;
        _electricJ += PowerW * seconds;
        _airWorkJ += kgPerSecond * seconds * DryAir.R * room.Kelvin * Math.Log(Wet.Pa / Outdoor.Pa);
    }

    /// <summary>Time passes and nothing flows: a pause of the plant, after which it goes on with the demand of that hour.</summary>
    public void Skip(double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        Seconds += seconds;
    }

    private (double Watts, double KgPerSecond) Compress(double seconds, in Surroundings room)
    {
        var (watts, kgPerSecond) = (0.0, 0.0);
        for (var i = 0; i < _compressors.Length; i++)
        {
            var compressor = _compressors[i];
            compressor.Step(seconds, room, Wet.Pa, HasMains ? _commands[i] : _commands[i] with { IsWithoutMains = true });
            watts += compressor.PowerW;
            kgPerSecond += compressor.FlowKgPerSecond;
            PipeNetwork.Inject(Wet, compressor.FlowKgPerSecond);
            Treatment.Take(compressor.FlowKgPerSecond * seconds, compressor.OutletKelvin);
            Water.Take(i, compressor, seconds);
        }
        return (watts, kgPerSecond);
    }

    private void Settle(double roomKelvin, double comingKg)
    {
        Treatment.Settle(_sinceSettled, comingKg, Outdoor, roomKelvin, HasMains);
        Water.Settle(_sinceSettled, Outdoor, HasMains);
        _sinceSettled = 0;
    }

    private BranchTruth TruthOf(Branch branch) =>
        new(branch.Company, branch.Pipe.PassedKg, branch.UsedKg, _leaks.Where(l => branch.Holds(l.Node)).Sum(l => l.Kg));

    private StationEnergy EnergyOf(CompressorTotals[] totals) => new()
    {
        ElectricJ = _electricJ,
        RecoveredJ = Water.RecoveredJ,
        CoolingWaterJ = Water.CoolingWaterJ,
        AirCoolersJ = Water.AirCoolersJ,
        DrivesJ = totals.Sum(t => t.MotorJ + t.ConverterJ),
        AuxiliariesJ = totals.Sum(t => t.AuxiliaryJ) + Treatment.ElectricJ + Water.ElectricJ,
        RadiationJ = totals.Sum(t => t.RadiationJ),
        AirJ = totals.Sum(t => t.DeliveredAirJ + t.VentedAirJ),
        StoredJ = totals.Sum(t => t.StoredJ),
        AirWorkJ = _airWorkJ,
    };
}
