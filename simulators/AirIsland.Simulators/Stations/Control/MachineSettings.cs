using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Stations.Control;

/// <summary>What can be set for one machine while the station runs. Pressures in MPa gauge.</summary>
public readonly record struct MachineSettings
{
    /// <summary>Highest rank that can be given.</summary>
    public const int LastRank = 99;

    public MachineSettings()
    {
    }

    /// <summary>Place in the given order, 1 to 99: the lowest comes first. Equal ranks are allowed.</summary>
    public int Rank { get; init; } = 1;

    /// <summary>Out of service a machine is off in every mode and the next one takes its place.</summary>
    public bool IsInService { get; init; } = true;

    public RemoteDuty RemoteDuty { get; init; }

    /// <summary>For <see cref="RemoteDuty.Share"/>: 0 to 1.</summary>
    public double RemoteShare { get; init; }

    /// <summary>For <see cref="RemoteDuty.Target"/>.</summary>
    public double RemoteTargetMPa { get; init; }

    /// <summary>On the machine's own display: loads below; null: as its spec says.</summary>
    public double? LoadBelowMPa { get; init; }

    /// <summary>On the machine's own display: unloads above; null: as its spec says.</summary>
    public double? UnloadAboveMPa { get; init; }

    /// <summary>On the machine's own display: what it regulates to; null: as its spec says.</summary>
    public double? TargetMPa { get; init; }

    /// <summary>Null, or why a machine cannot take them.</summary>
    public string? WrongFor(CompressorSpec machine) => ControlCheck.WrongWith(this, machine);
}
