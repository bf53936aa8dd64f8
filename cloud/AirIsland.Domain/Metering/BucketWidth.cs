namespace AirIsland.Domain.Metering;

/// <summary>How wide the buckets of a question are, in the station's zone.</summary>
public enum BucketWidth
{
    Hour,
    Day,
    Month,
}
