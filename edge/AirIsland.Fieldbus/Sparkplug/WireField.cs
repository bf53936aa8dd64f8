namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>The field of a metric that holds its value.</summary>
internal enum WireField
{
    None,
    Int,
    Long,
    Float,
    Double,
    Boolean,
    Text,

    /// <summary>Bytes, data sets, templates, extensions: skipped.</summary>
    Skipped,
}
