using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Stations;

/// <summary>What dries the air of a station.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DryerKind>))]
public enum DryerKind
{
    /// <summary>By cold, with hot-gas bypass: 3 °C, power nearly constant.</summary>
    Refrigerated,

    /// <summary>By cold, with a store: power follows the load.</summary>
    RefrigeratedCycling,

    /// <summary>By cold, with a variable speed: power follows the load.</summary>
    RefrigeratedVariableSpeed,

    /// <summary>Two towers at −40 °C; purge of about 15 % of dry air.</summary>
    DesiccantHeatless,

    /// <summary>Two towers with a heater; purge of about 7 %.</summary>
    DesiccantHeated,

    /// <summary>Two towers with heater and blower; dry air only to cool.</summary>
    DesiccantBlower,
}
