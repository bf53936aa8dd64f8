using System.Text.Json.Serialization;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Treatment;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>The drain of the wet receiver sticks.</summary>
public sealed record DrainEvent : ScenarioEvent
{
    [JsonConverter(typeof(JsonStringEnumConverter<DrainFault>))]
    public DrainFault Fault { get; init; } = DrainFault.StuckOpen;

    internal override IEnumerable<string> Holds => ["drain"];

    internal override Action<double> Bind(MeteredStation plant)
    {
        var drain = plant.Station.Treatment.Drain;
        return size => drain.Fault = size > 0 ? Fault : DrainFault.None;
    }

    internal override IEnumerable<(string Name, Func<double> Total)> Measures(MeteredStation plant)
    {
        var treatment = plant.Station.Treatment;
        return [("drainedM3", () => treatment.DrainedKg / DryAir.KgPerStandard20M3)];
    }
}
