using AirIsland.Quantities;

namespace AirIsland.Edge.Metering;

/// <summary>
/// One tag of a scan: its slot (see <see cref="TagRegistry"/>), its count (null exactly when Bad) and how far it may be trusted.
/// </summary>
public readonly record struct Reading(uint Tag, long? Count, Quality Quality)
{
    /// <summary>It is of before what was seen last: its source kept it while nobody listened.</summary>
    public bool IsLate => Quality.Reason == QualityReason.Historical;

    /// <summary>A reading that could not be taken.</summary>
    public static Reading Bad(uint tag, QualityReason reason) => new(tag, null, Quality.Bad(reason));

    /// <summary>The same reading, trusted no further than <paramref name="quality"/>.</summary>
    public Reading Marked(Quality quality) => this with { Quality = Quality.Worse(quality) };
}
