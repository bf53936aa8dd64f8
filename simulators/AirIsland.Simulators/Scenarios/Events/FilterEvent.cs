using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>The station's filter clogs; when it is over, the element has been changed.</summary>
public sealed record FilterEvent : ScenarioEvent
{
    /// <summary>An element that lets hardly anything pass. Chosen.</summary>
    private const double MostTimes = 10_000;

    /// <summary>Its pressure drop in full, as a multiple of what it would be, at equal flow; above 1, at most 10,000.</summary>
    public required double Times { get; init; }

    public override bool CanGrow => true;

    internal override IEnumerable<string> Holds => ["filter"];

    internal override Action<double> Bind(MeteredStation plant)
    {
        if (Times is not (> 1 and <= MostTimes))
            throw new ArgumentException($"{Name}: times {Times} is not above 1 and at most {MostTimes}");
        var filter = plant.Station.Treatment.Filter;
        return size =>
        {
            if (size > 0) filter.Block(1 + (Times - 1) * size);
            else filter.Replace();
        };
    }
}
