using System.Text.Json.Serialization;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Physics.Treatment;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>The dryer fails: its refrigeration stands, or the towers of a desiccant dryer are not regenerated.</summary>
public sealed record DryerEvent : ScenarioEvent
{
    /// <summary>Of a desiccant dryer; one that works by cold has one way to fail.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<DesiccantFault>))]
    public DesiccantFault Fault { get; init; } = DesiccantFault.NoRegeneration;

    internal override IEnumerable<string> Holds => ["dryer"];

    internal override Action<double> Bind(MeteredStation plant)
    {
        var treatment = plant.Station.Treatment;
        return size =>
        {
            if (treatment.Refrigerated is { } cold) cold.Failed = size > 0;
            if (treatment.Desiccant is { } towers) towers.Fault = size > 0 ? Fault : DesiccantFault.None;
        };
    }
}
