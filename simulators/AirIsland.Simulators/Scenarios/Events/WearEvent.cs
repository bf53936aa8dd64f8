using AirIsland.Simulators.Devices;

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

    internal override Action<double> Bind(MeteredStation plant)
    {
        var compressor = Machines.Find(plant, Compressor, Name);
        var before = compressor.Condition;
        return size => compressor.Condition = before with
        {
            CapacityLoss = before.CapacityLoss + size * CapacityLoss,
            PowerGain = before.PowerGain + size * PowerGain,
            IntakeFilterPa = before.IntakeFilterPa + size * IntakeFilterPa,
            CoolerLoss = before.CoolerLoss + size * CoolerLoss,
        };
    }

    internal override IEnumerable<(string Name, Func<double> Total)> Measures(MeteredStation plant) =>
        Machines.Totals(Machines.Find(plant, Compressor, Name));
}
