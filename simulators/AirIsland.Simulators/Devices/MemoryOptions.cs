namespace AirIsland.Simulators.Devices;

/// <summary>Where the meters keep their registers between two runs.</summary>
public sealed record MemoryOptions
{
    /// <summary>Directory of <c>registers.json</c>, made when missing; empty: every run begins with the registers of the seed.</summary>
    public string Directory { get; init; } = "";
}
