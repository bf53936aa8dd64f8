using System.ComponentModel.DataAnnotations;

namespace AirIsland.Simulators.Bench;

/// <summary>Where test harnesses reach the bench over HTTP.</summary>
public sealed record BenchOptions
{
    /// <summary>TCP port on 127.0.0.1. Default 0: there is no bench.</summary>
    [Range(0, 65535)]
    public int Port { get; init; }
}
