namespace AirIsland.Edge.Metering;

/// <summary>Whether a device answers.</summary>
public enum DeviceState
{
    /// <summary>It answered when it was last asked, or has not been asked yet, or failed too seldom to be given up.</summary>
    Working,

    /// <summary>It failed, has rested, and is asked once to find out.</summary>
    Probing,

    /// <summary>It failed and is left alone for a while.</summary>
    Resting,
}
