using System.Text.Json.Serialization;
using AirIsland.Simulators.Physics.Treatment;

namespace AirIsland.Simulators.Stations;

/// <summary>What stands between compressors and header.</summary>
public sealed record TreatmentSpec
{
    /// <summary>Rated flow of dryer and filter, m³/min FAD; default: what the compressors deliver together.</summary>
    public double? FlowM3PerMin { get; init; }

    public DryerKind Dryer { get; init; }

    /// <summary>Equal dryers side by side that share flow and power evenly, 1 to 20: for meters at each. Default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>A desiccant dryer changes towers by its dew point, not by the clock.</summary>
    public bool IsDemandControlled { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<DrainKind>))]
    public DrainKind Drain { get; init; } = DrainKind.Timed;
}
