using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>A compressor trips and stays stopped until somebody resets it.</summary>
public sealed record TripEvent : ScenarioEvent
{
    /// <summary>Its id.</summary>
    public required string Compressor { get; init; }

    internal override IEnumerable<string> Holds => [$"stop of '{Compressor}'"];

    internal override Action<double> Bind(MeteredStation plant)
    {
        var compressor = Machines.Find(plant, Compressor, Name);
        return size =>
        {
            compressor.IsStopPressed = size > 0;
            if (size == 0) compressor.ResetTrip();
        };
    }

    internal override IEnumerable<(string Name, Func<double> Total)> Measures(MeteredStation plant) =>
        Machines.Totals(Machines.Find(plant, Compressor, Name));
}
