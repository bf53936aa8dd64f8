using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Devices.Meters.Errors;

/// <summary>How a flow meter comes from what it senses to the volume that it counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FlowCompensation>))]
public enum FlowCompensation
{
    /// <summary>By the density that it finds in the line (a thermal mass meter needs none): volume at its reference state.</summary>
    Measured,

    /// <summary>By a line pressure and temperature that were typed in: volume at its reference state, wrong as they are wrong.</summary>
    FixedLine,

    /// <summary>Not at all: volume as it is in the line.</summary>
    None,
}
