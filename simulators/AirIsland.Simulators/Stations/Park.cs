using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Calendar;
using AirIsland.Simulators.Physics.Network;

namespace AirIsland.Simulators.Stations;

/// <summary>Lays out what stands behind the treatment: header, mains, companies' pipes, and the holes in all of it.</summary>
internal sealed class Park
{
    private const double StartPa = 801_325;
    private const double StartKelvin = 298.15;

    /// <summary>What a regulator costs wide open at the flow of its pipe, Pa. Chosen.</summary>
    private const double RegulatorPa = 20_000;

    private readonly NetworkBuilder _builder = new();
    private readonly Dictionary<string, Node> _places = [];
    private readonly Dictionary<string, Link> _mains = [];

    public Park(StationSpec spec, StationCalendar calendar)
    {
        Wet = Place(Station.WetReceiver, spec.WetReceiverM3);
        Header = Place(Station.HeaderName, spec.DryReceiverM3);
        var rated = spec.Treatment.FlowM3PerMin ?? spec.Compressors.Sum(c => c.RatedFlowM3PerMin);
        Treatment = new(_builder, Wet, Header, spec.Treatment, DryAir.KgPerSecond(rated));
        LayMains(spec.Mains);
        Branches = [.. spec.Branches.Select((b, number) => Lay(b, new(b.Consumer, calendar, spec.Seed + 1 + (ulong)number)))];
        Leaks = [.. spec.Leaks.Select(Open)];
        if (Leaks.DistinctBy(l => l.Id).Count() < Leaks.Length) throw new ArgumentException("two leaks have one id", nameof(spec));
        Network = _builder.Build();
    }

    public Node Wet { get; }

    public Node Header { get; }

    public Treatment Treatment { get; }

    public Branch[] Branches { get; }

    public Leak[] Leaks { get; }

    public PipeNetwork Network { get; }

    private Node Place(string name, double m3)
    {
        var node = _builder.Node(name, m3, StartPa, StartKelvin);
        return _places.TryAdd(name, node) ? node : throw new ArgumentException($"two places are called '{name}'", nameof(name));
    }

    private Node At(string name) => _places.TryGetValue(name, out var node)
        ? node
        : throw new ArgumentException($"there is no place '{name}'; there are {string.Join(", ", _places.Keys)}", nameof(name));

    private void LayMains(IReadOnlyList<MainSpec> mains)
    {
        // A place holds half of every stretch that meets there; the header's own volume stays as it is given.
        foreach (var name in mains.Select(m => m.To).Where(name => !_places.ContainsKey(name)).Distinct().ToArray())
            Place(name, mains.Where(m => m.To == name || m.From == name).Sum(m => VolumeM3(m.DiameterMm, m.LengthM) / 2));
        foreach (var main in mains)
        {
            var id = $"{main.From} to {main.To}";
            if (!_mains.TryAdd(id, _builder.Pipe(id, At(main.From), At(main.To), main.LengthM, main.DiameterMm)))
                throw new ArgumentException($"two mains run from {id}", nameof(mains));
        }
    }

    private Branch Lay(BranchSpec spec, Physics.Consumers.Consumer consumer)
    {
        var name = spec.Consumer.Name;
        var pipeM3 = VolumeM3(spec.DiameterMm, spec.LengthM);
        if (spec.RegulatedMPa is not { } gauge)
        {
            var end = Place(name, spec.VolumeM3 + pipeM3);
            return new(spec, consumer, end, _builder.Pipe($"{name} pipe", At(spec.At), end, spec.LengthM, spec.DiameterMm));
        }
        var before = Place($"{name} before regulator", pipeM3);
        var behind = Place(name, spec.VolumeM3);
        var pipe = _builder.Pipe($"{name} pipe", At(spec.At), before, spec.LengthM, spec.DiameterMm);
        _builder.Fitting(
            $"{name} regulator",
            before,
            behind,
            RegulatorPa,
            NetworkBuilder.UsualKgPerSecond(spec.DiameterMm),
            StartPa,
            isOneWay: true,
            holdsPa: DryAir.AtmospherePa + gauge * 1e6);
        return new(spec, consumer, behind, pipe);
    }

    private Leak Open(LeakSpec spec) => new(spec.Id, At(spec.Place)) { DiameterMm = spec.DiameterMm };

    private static double VolumeM3(double diameterMm, double lengthM) => Math.PI / 4e6 * diameterMm * diameterMm * lengthM;
}
