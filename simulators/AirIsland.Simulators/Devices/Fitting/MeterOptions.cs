using System.Collections.Immutable;
using AirIsland.Simulators.Devices.Meters.Errors;

namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>A field meter: by which profile it answers, where in the station it is fitted, and how it differs from the usual one.</summary>
public record MeterOptions
{
    public required string Id { get; init; }

    /// <summary>Id of its device profile.</summary>
    public required string Profile { get; init; }

    /// <summary>
    /// The place: <c>station</c> (all electricity), a compressor's id (its electricity, its controller), <c>header</c>,
    /// <c>wet receiver</c>, a company (what flows through its pipe), <c>cooling water</c>, <c>recovered heat</c>, <c>controller</c>.
    /// </summary>
    public required string At { get; init; }

    /// <summary>PT × CT of its transformers. Default 1.</summary>
    public decimal Ratio { get; init; } = 1;

    /// <summary>Of the piece of hardware; its errors are drawn by it. Default: its id.</summary>
    public string? Serial { get; init; }

    /// <summary>What kind of flow meter it is; it counts at the state of its profile. Default: mass, whatever the pressure.</summary>
    public FlowMeterDesign Design { get; init; } = new();

    /// <summary>What is special about its points, by their names.</summary>
    public IReadOnlyDictionary<string, PointOptions> Points { get; init; } = ImmutableDictionary<string, PointOptions>.Empty;
}
