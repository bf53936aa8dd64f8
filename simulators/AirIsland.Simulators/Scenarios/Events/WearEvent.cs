using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>A compressor wears or gets dirty, on top of how it is.</summary>
public sealed record WearEvent : ScenarioEvent
{
    /// <summary>Its id.</summary>
    public required string Compressor { get; init; }

    /// <summary>Share of the flow, 0 to 0.5.</summary>
    public double CapacityLoss { get; init; }

    /// <summary>Share of the shaft power, 0 to 1.</summary>
    public double PowerGain { get; init; }

    /// <summary>Pressure lost in its intake filter at rated flow, Pa.</summary>
    public double IntakeFilterPa { get; init; }

    /// <summary>Share of its coolers, 0 to 1.</summary>
    public double CoolerLoss { get; init; }

    public override bool CanGrow => true;

    internal override IEnumerable<string> Holds => [$"condition of '{Compressor}'"];

    internal override Action<double> Bind(MeteredStation plant)
    {
        var compressor = Machines.Find(plant, Compressor, Name);
        var before = compressor.Condition;
        if ((Worse(default, 1).Mistake ?? Worse(before, 1).Mistake) is { } mistake) throw new ArgumentException($"{Name}: {mistake}");
        return size => compressor.Condition = Worse(before, size);
    }

    internal override IEnumerable<(string Name, Func<double> Total)> Measures(MeteredStation plant) =>
        Machines.Totals(Machines.Find(plant, Compressor, Name));

    private CompressorCondition Worse(in CompressorCondition before, double size) => before with
    {
        CapacityLoss = before.CapacityLoss + size * CapacityLoss,
        PowerGain = before.PowerGain + size * PowerGain,
        IntakeFilterPa = before.IntakeFilterPa + size * IntakeFilterPa,
        CoolerLoss = before.CoolerLoss + size * CoolerLoss,
    };
}
