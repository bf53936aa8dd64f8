using AirIsland.Simulators.Devices.Disturbances;

namespace AirIsland.Simulators.Devices;

/// <summary>One device as the bench lists it.</summary>
public sealed record BenchDevice(string Id, string Profile)
{
    /// <summary>
    /// Where it is found, <c>127.0.0.1:15030</c>, its serial port or where it dials to; null before it listens, and for MQTT.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>Modbus only.</summary>
    public byte? Unit { get; init; }

    /// <summary>DL/T 645 only: its twelve digits.</summary>
    public string? Address { get; init; }

    /// <summary>MQTT only: its base topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Samples that were handed out and arrived right.</summary>
    public long Served { get; init; }

    /// <summary>Requests that reached it, or MQTT messages that were due. Asked − answered − failed are on their way.</summary>
    public long Asked { get; init; }

    /// <summary>Requests or messages that were answered right, or heard.</summary>
    public long Answered { get; init; }

    /// <summary>Requests or messages that were not, whoever is to blame.</summary>
    public long Failed { get; init; }

    /// <summary>Answers, messages and connections that were disturbed.</summary>
    public long Disturbed { get; init; }

    /// <summary>How often each kind of disturbance happened.</summary>
    public IReadOnlyDictionary<DisturbanceKind, long> Disturbances { get; init; } = new Dictionary<DisturbanceKind, long>();

    /// <summary>Names of the faults that are on in the meter behind it; null when there is no meter that can fail.</summary>
    public IReadOnlyList<string>? Faults { get; init; }
}
