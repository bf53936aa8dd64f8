using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Devices.Meters.Registers;

/// <summary>How a meter holds its register, which decides where it starts again and how fine it still counts when it is high.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The trade names register types so.")]
[JsonConverter(typeof(JsonStringEnumConverter<RegisterKind>))]
public enum RegisterKind
{
    /// <summary>Counts in 32 bits; 0 follows 4,294,967,295.</summary>
    UInt32,

    /// <summary>Counts in 16 bits; 0 follows 65,535.</summary>
    UInt16,

    /// <summary>Decimal digits, four bits each; 0 follows all nines.</summary>
    Bcd,

    /// <summary>
    /// Adds each count up in binary32, as simple firmware does. From 2²⁴ counts on (16,777,216 m³ at 1 m³) a count is less than half a
    /// unit in the last place and the register stands still for ever.
    /// </summary>
    Float32,

    /// <summary>Sums exactly and sends the nearest binary32: above 2²⁴ counts it moves in steps of 2, 4, 8 …</summary>
    Float32Sent,

    /// <summary>Sums exactly and sends a binary64.</summary>
    Float64,
}
