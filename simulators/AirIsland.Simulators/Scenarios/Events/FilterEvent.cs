using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>The station's filter clogs; when it is over, the element has been changed.</summary>
public sealed record FilterEvent : ScenarioEvent
{
    /// <summary>Its pressure drop in full, as a multiple of what it would be, at equal flow; above 1.</summary>
    public required double Times { get; init; }

    public override bool CanGrow => true;

    internal override Action<double> Bind(MeteredStation plant)
    {
        if (Times <= 1) throw new ArgumentException($"{Name}: times {Times} is not above 1");
        var filter = plant.Station.Treatment.Filter;
        return size =>
        {
            if (size > 0) filter.Block(1 + (Times - 1) * size);
            else filter.Replace();
        };
    }
}
