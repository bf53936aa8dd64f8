namespace AirIsland.Fieldbus.Profiles;

/// <summary>What a number counts that is an instant, since 1970 UTC.</summary>
public enum TimestampUnit
{
    /// <summary>Milliseconds.</summary>
    Ms,

    /// <summary>Seconds, with decimals or without.</summary>
    S,
}
