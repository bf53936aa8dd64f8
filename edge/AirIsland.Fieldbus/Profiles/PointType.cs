using System.Diagnostics.CodeAnalysis;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>How a value lies in its 16-bit registers, or in its coil.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The trade names register types so.")]
public enum PointType
{
    UInt16,
    Int16,
    UInt32,
    Int32,
    Float32,

    /// <summary>A coil, a discrete input, or one bit of a register.</summary>
    Bit,

    /// <summary>One byte of a register.</summary>
    UInt8,

    /// <summary>One byte of a register, in two's complement.</summary>
    Int8,

    UInt64,
    Int64,
    Float16,
    Float64,

    /// <summary>Four packed decimal digits in each of <see cref="ProfilePoint.Length"/> registers, the highest first.</summary>
    Bcd,

    /// <summary>ASCII, two characters in each of <see cref="ProfilePoint.Length"/> registers. Readable, but no sample.</summary>
    Text,
}
