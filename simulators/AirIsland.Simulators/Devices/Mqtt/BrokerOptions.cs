using System.ComponentModel.DataAnnotations;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>The MQTT broker that the simulated meters speak to.</summary>
public sealed record BrokerOptions
{
    /// <summary>Whether to run a broker of our own, on 127.0.0.1 and <see cref="Port"/>. Default true.</summary>
    public bool Embedded { get; init; } = true;

    /// <summary>Host of an external broker; the embedded one is always at 127.0.0.1.</summary>
    [Required]
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port. Default 11883.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 11883;
}
