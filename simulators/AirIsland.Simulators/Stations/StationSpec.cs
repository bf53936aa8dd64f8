using AirIsland.Simulators.Physics.Climate;
using AirIsland.Simulators.Physics.Compressors;
using AirIsland.Simulators.Stations.Control;

namespace AirIsland.Simulators.Stations;

/// <summary>A whole station, from the weather to the companies. The same spec gives the same station, to the last bit.</summary>
public sealed record StationSpec
{
    /// <summary>Seed of weather and demand.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where time begins; site time is +08:00.</summary>
    public required DateTimeOffset Start { get; init; }

    public SiteClimate Climate { get; init; } = SiteClimate.Ningbo;

    /// <summary>How much warmer the compressor room is than the air outside, K. Chosen: a ventilated room.</summary>
    public double RoomRiseKelvin { get; init; } = 3;

    public required IReadOnlyList<CompressorSpec> Compressors { get; init; }

    /// <summary>The controller above the machines; null: each works by its own bands, or as the station's commands tell it.</summary>
    public StationControlSpec? Control { get; init; }

    /// <summary>Receiver between compressors and dryer, m³.</summary>
    public double WetReceiverM3 { get; init; } = 10;

    /// <summary>Receiver and header behind the dryer, m³.</summary>
    public double DryReceiverM3 { get; init; } = 5;

    public TreatmentSpec Treatment { get; init; } = new();

    /// <summary>Null: all heat goes to the coolers.</summary>
    public HeatRecoverySpec? HeatRecovery { get; init; }

    /// <summary>Mains between header and companies; none: all pipes begin at the header.</summary>
    public IReadOnlyList<MainSpec> Mains { get; init; } = [];

    public required IReadOnlyList<BranchSpec> Branches { get; init; }

    public IReadOnlyList<LeakSpec> Leaks { get; init; } = [];
}
