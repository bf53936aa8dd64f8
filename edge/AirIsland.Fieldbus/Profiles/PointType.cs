using System.Diagnostics.CodeAnalysis;

namespace AirIsland.Fieldbus.Profiles;

/// <summary>How a value lies in its 16-bit registers.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The trade names register types so.")]
public enum PointType
{
    UInt16,
    Int16,
    UInt32,
    Int32,
    Float32,

    /// <summary>Twelve decimal digits packed in three registers, the highest first.</summary>
    Bcd48,
}
