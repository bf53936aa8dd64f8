using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Devices.Meters.Faults;

/// <summary>A phase of the mains.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Phase>))]
public enum Phase
{
    /// <summary>First, yellow in China.</summary>
    A,

    /// <summary>Second, green.</summary>
    B,

    /// <summary>Third, red.</summary>
    C,
}
