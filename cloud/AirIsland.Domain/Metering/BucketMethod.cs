namespace AirIsland.Domain.Metering;

/// <summary>What a bucket says of the time between two samples.</summary>
public enum BucketMethod
{
    /// <summary>Nothing: its mean is that of its samples.</summary>
    Samples,

    /// <summary>A value stands until the next one, no longer than the longest hold. Its mean is weighted by time.</summary>
    StepHold,

    /// <summary>Between two values no further apart than the longest hold lies a straight line. Its mean is weighted by time.</summary>
    Interpolate,
}
