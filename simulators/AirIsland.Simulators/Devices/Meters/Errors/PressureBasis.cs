using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Devices.Meters.Errors;

/// <summary>What a pressure meter measures against.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PressureBasis>))]
public enum PressureBasis
{
    /// <summary>The air outside.</summary>
    Gauge,

    /// <summary>Nothing: about 0.1 MPa more than gauge.</summary>
    Absolute,
}
