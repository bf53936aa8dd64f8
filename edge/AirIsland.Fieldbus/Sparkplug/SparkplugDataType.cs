using System.Diagnostics.CodeAnalysis;

namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>The type of a metric, numbered as on the wire. Arrays (22 to 34) have no name here: their values are skipped.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The specification names them so.")]
public enum SparkplugDataType
{
    Unknown = 0,
    Int8 = 1,
    Int16 = 2,
    Int32 = 3,
    Int64 = 4,
    UInt8 = 5,
    UInt16 = 6,
    UInt32 = 7,
    UInt64 = 8,
    Float = 9,
    Double = 10,
    Boolean = 11,
    String = 12,
    DateTime = 13,
    Text = 14,
    Uuid = 15,
    DataSet = 16,
    Bytes = 17,
    File = 18,
    Template = 19,
    PropertySet = 20,
    PropertySetList = 21,
}
