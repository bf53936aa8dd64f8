using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Devices.Meters.Errors;

/// <summary>What a flow meter senses, which decides how it depends on the state of the air in the line.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FlowPrinciple>))]
public enum FlowPrinciple
{
    /// <summary>Heat carried away: mass, whatever the pressure.</summary>
    ThermalMass,

    /// <summary>Velocity (vortex, ultrasonic, turbine): actual volume, mass over density.</summary>
    Velocity,

    /// <summary>Differential pressure (orifice, Pitot): mass squared over density.</summary>
    DifferentialPressure,
}
