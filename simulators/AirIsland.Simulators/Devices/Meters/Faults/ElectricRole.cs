using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Devices.Meters.Faults;

/// <summary>What a point of an electricity meter hangs on, so that faults of its wiring find it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ElectricRole>))]
public enum ElectricRole
{
    /// <summary>Nothing electrical.</summary>
    None,

    /// <summary>Voltage of phase A; not behind the current transformers.</summary>
    VoltageA,

    /// <summary>Voltage of phase B.</summary>
    VoltageB,

    /// <summary>Voltage of phase C.</summary>
    VoltageC,

    /// <summary>Current of phase A, behind its transformer.</summary>
    CurrentA,

    /// <summary>Current of phase B.</summary>
    CurrentB,

    /// <summary>Current of phase C.</summary>
    CurrentC,

    /// <summary>Power over all phases, behind the transformers; energy follows it.</summary>
    Power,
}
