using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// A tag over one half-open stretch, in counts. First, last and samples are of the values measured inside; <see cref="Minimum"/> and
/// <see cref="Maximum"/> too, and with <see cref="BucketMethod.StepHold"/> of what was held into it. <see cref="Mean"/> is as the method
/// says; <see cref="Integral"/> is in count seconds over the covered time. Null without a value. <see cref="Worst"/> is of what was used.
/// </summary>
public sealed record Bucket(
    Interval Period, long Samples, long? First, long? Last, long? Minimum, long? Maximum, double? Mean, double? Integral,
    double Coverage, Quality Worst)
{
    /// <summary>Some of it, however little, is not covered: there values are further apart than the longest hold, or missing.</summary>
    public bool HasGap => Coverage < 1;
}
