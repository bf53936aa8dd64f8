using AirIsland.Domain.Metering;
using NodaTime;

namespace AirIsland.Storage.Telemetry;

/// <summary>
/// Which buckets (in time order, each beginning where the one before ends; see <see cref="CalendarBuckets"/>), what lies between two
/// samples, and for how long at most.
/// </summary>
public sealed record BucketQuestion(IReadOnlyList<Interval> Buckets, BucketMethod Method, Duration LongestHold)
{
    /// <summary>The stretch whose samples may matter, half-open: a hold before the first bucket, a hold after the last.</summary>
    public Interval Reach => Buckets.Count == 0
        ? new(NodaConstants.UnixEpoch, NodaConstants.UnixEpoch)
        : new(Buckets[0].Start - LongestHold, Buckets[^1].End + LongestHold);
}
