using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Calendar;
using AirIsland.Simulators.Physics.Climate;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Physics.Network;
using AirIsland.Simulators.Stations.Control;
using Compressor = AirIsland.Simulators.Physics.Compressors.Compressor;

namespace AirIsland.Simulators.Stations;

/// <summary>
/// A station put together: weather, compressors, treatment, network, companies. Pure and seeded: no clock, no I/O; the same steps give
/// the same station to the last bit. Steps of about a second resolve its controls. Not thread-safe.
/// </summary>
public sealed class Station
{
    private const double StartPa = 801_325;
    private const double StartKelvin = 298.15;

    private readonly ClimateTrack _climate;
    private readonly Treatment _treatment;
    private readonly Compressor[] _compressors;
    private readonly CompressorCommand[] _commands;
    private readonly Branch[] _branches;
    private readonly double _roomRise;
    private readonly double _firstKg;

    public Station(StationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Spec = spec;
        var calendar = StationCalendar.InChina(spec.Start);
        _climate = new(spec.Climate, calendar, spec.Seed);
        _roomRise = spec.RoomRiseKelvin;
        _compressors = [.. spec.Compressors.Select(c => new Compressor(c))];
        _commands = [.. spec.Compressors.Select(_ => CompressorCommand.Auto)];
        Controller = spec.Control is null ? null : new(spec.Control, spec.Compressors);

        var builder = new NetworkBuilder();
        Wet = builder.Node("wet receiver", spec.WetReceiverM3, StartPa, StartKelvin);
        Header = builder.Node("header", spec.DryReceiverM3, StartPa, StartKelvin);
        var rated = spec.TreatmentM3PerMin ?? spec.Compressors.Sum(c => c.RatedFlowM3PerMin);
        _treatment = new(builder, Wet, Header, DryAir.KgPerSecond(rated));
        _branches = [.. spec.Branches.Select((b, number) => Lay(builder, b, new(b.Consumer, calendar, spec.Seed + 1 + (ulong)number)))];
        Network = builder.Build();
        HeaderLeak = new("header-leak", Header) { DiameterMm = spec.HeaderLeakMm };
        _firstKg = Network.Kg;
        Outdoor = _climate.At(0);
    }

    public StationSpec Spec { get; }

    /// <summary>Since the start.</summary>
    public double Seconds { get; private set; }

    public OutdoorAir Outdoor { get; private set; }

    public ReadOnlySpan<Compressor> Compressors => _compressors;

    /// <summary>Null when the spec has none.</summary>
    public StationController? Controller { get; }

    /// <summary>
    /// What each compressor is told; by itself it works by its own bands. A controller writes all but mains, trips and resets.
    /// </summary>
    public Span<CompressorCommand> Commands => _commands;

    public ReadOnlySpan<Branch> Branches => _branches;

    public PipeNetwork Network { get; }

    /// <summary>Between compressors and dryer.</summary>
    public Node Wet { get; }

    /// <summary>Behind the dryer: where supply pressure and dew point are measured.</summary>
    public Node Header { get; }

    /// <summary>Before all company meters.</summary>
    public Leak HeaderLeak { get; }

    /// <summary>Pressure dew point of the delivered air, K.</summary>
    public double DewPointKelvin => _treatment.DewPointKelvin;

    /// <summary>Electrical power of the whole station in the last step.</summary>
    public double PowerW { get; private set; }

    public StationTruth Truth
    {
        get
        {
            var totals = _compressors.Select(c => c.Totals).ToArray();
            return new(
                Seconds,
                totals.Sum(t => t.ElectricJ),
                _treatment.Joules,
                totals.Sum(t => t.IntakeKg),
                totals.Sum(t => t.VentedKg),
                _treatment.DrainedKg,
                HeaderLeak.Kg,
                Network.Kg - _firstKg + totals.Sum(t => t.HeldKg),
                [.. _branches.Select(b => b.Truth)]);
        }
    }

    /// <summary>Lets time pass; no allocation.</summary>
    public void Step(double seconds)
    {
        Seconds += seconds;
        Outdoor = _climate.At(Seconds);
        Controller?.Decide(seconds, (Header.Pa - Outdoor.Pa) * 1e-6, _compressors, _commands);
        var room = new Surroundings(Outdoor.Pa, Outdoor.Kelvin + _roomRise, Outdoor.RelativeHumidity);
        var watts = 0.0;
        for (var i = 0; i < _compressors.Length; i++)
        {
            var compressor = _compressors[i];
            compressor.Step(seconds, room, Wet.Pa, _commands[i]);
            watts += compressor.PowerW;
            PipeNetwork.Inject(Wet, compressor.FlowKgPerSecond);
            _treatment.Take(compressor.FlowKgPerSecond * seconds, compressor.OutletKelvin);
        }
        _treatment.Step(seconds, Outdoor, _roomRise);
        foreach (var branch in _branches) branch.Draw(Seconds, Outdoor.Pa);
        HeaderLeak.Open(Outdoor.Pa);

        Network.Step(seconds);

        foreach (var branch in _branches) branch.Count(seconds);
        HeaderLeak.Count(seconds);
        PowerW = watts + _treatment.PowerW;
    }

    private Branch Lay(NetworkBuilder builder, BranchSpec spec, Consumer consumer)
    {
        var pipeM3 = Math.PI / 4e6 * spec.DiameterMm * spec.DiameterMm * spec.LengthM;
        var end = builder.Node(spec.Consumer.Name, spec.VolumeM3 + pipeM3, StartPa, StartKelvin);
        return new(spec, consumer, end, builder.Pipe($"{spec.Consumer.Name}-pipe", Header, end, spec.LengthM, spec.DiameterMm));
    }
}
