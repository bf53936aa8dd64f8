using AirIsland.Simulators.Devices.Disturbances;

namespace AirIsland.Simulators.Devices;

/// <summary>One device as the bench lists it.</summary>
public sealed record BenchDevice(string Id, string Profile)
{
    /// <summary>Where a Modbus device listens, <c>127.0.0.1:15030</c>; null before it does, and for MQTT.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Modbus only.</summary>
    public byte? Unit { get; init; }

    /// <summary>MQTT only: its base topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Samples that were handed out and arrived right.</summary>
    public long Served { get; init; }

    /// <summary>Answers, messages and connections that were disturbed.</summary>
    public long Disturbed { get; init; }

    /// <summary>How often each kind of disturbance happened.</summary>
    public IReadOnlyDictionary<DisturbanceKind, long> Disturbances { get; init; } = new Dictionary<DisturbanceKind, long>();
}
