using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations.Control;
using Compressor = AirIsland.Simulators.Physics.Compressors.Compressor;

namespace AirIsland.Simulators.Tests.Stations.Control;

/// <summary>A controller, its machines, one isothermal receiver in the air of ratings, and a demand that is given by the second.</summary>
internal sealed class ControlRig
{
    private readonly Compressor[] _machines;
    private readonly CompressorCommand[] _commands;
    private readonly double _paPerKg;
    private double _pa;

    public ControlRig(StationControlSpec spec, IReadOnlyList<CompressorSpec> machines, double receiverM3 = 40, double gaugeMPa = 0.65)
    {
        _machines = [.. machines.Select(m => new Compressor(m))];
        _commands = [.. machines.Select(_ => CompressorCommand.Auto)];
        Controller = new(spec, machines);
        _paPerKg = Surroundings.GasConstant * 293.15 / receiverM3;
        _pa = Surroundings.RatedPa + gaugeMPa * 1e6;
    }

    public StationController Controller { get; }

    public ReadOnlySpan<Compressor> Machines => _machines;

    public Span<CompressorCommand> Commands => _commands;

    public double GaugeMPa => (_pa - Surroundings.RatedPa) * 1e-6;

    public double ElectricJ => _machines.Sum(m => m.Totals.ElectricJ);

    public StationControlStatus Status => Controller.Status;

    /// <summary>Two fixed machines of 20 and one of variable speed of 24 m³/min: v, a, b.</summary>
    public static IReadOnlyList<CompressorSpec> Three(params string[] fixedOnes) =>
    [
        CompressorCatalogue.ScrewVariableSpeed with { Id = "v", RatedFlowM3PerMin = 24 },
        .. (fixedOnes.Length > 0 ? fixedOnes : ["a", "b"]).Select(Fixed),
    ];

    public static CompressorSpec Fixed(string id) => CompressorCatalogue.ScrewLoadUnload with { Id = id, RatedFlowM3PerMin = 20 };

    public void Step(double demandM3PerMin, double seconds = 1)
    {
        Controller.Decide(seconds, GaugeMPa, _machines, _commands);
        var kg = 0.0;
        for (var i = 0; i < _machines.Length; i++)
        {
            _machines[i].Step(seconds, Surroundings.Rated, _pa, _commands[i]);
            kg += _machines[i].FlowKgPerSecond * seconds;
        }
        kg -= demandM3PerMin / 60 * Surroundings.FadDensity * seconds;
        _pa = Math.Max(Surroundings.RatedPa, _pa + kg * _paPerKg);
    }

    public void Run(int seconds, double demandM3PerMin)
    {
        for (var i = 0; i < seconds; i++) Step(demandM3PerMin);
    }

    public bool IsLoaded(string id) => _machines.Single(m => m.Spec.Id == id).State == CompressorState.Loaded;

    /// <summary>The machines that deliver, as <c>v a</c>, in the order of the station.</summary>
    public string Loaded() => string.Join(' ', _machines.Where(m => m.State == CompressorState.Loaded).Select(m => m.Spec.Id));
}
