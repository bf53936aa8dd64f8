namespace AirIsland.Edge.Metering;

/// <summary>Whether a device answers; of one that is not asked, whether it is heard.</summary>
public enum DeviceState
{
    /// <summary>It answered when it was last asked, or has not been asked yet, or failed too seldom to be given up.</summary>
    Working,

    /// <summary>It failed, has rested, and is asked once to find out.</summary>
    Probing,

    /// <summary>
    /// It failed and is left alone for a while; of one that is not asked: nothing has come since it, or its broker, was lost.
    /// </summary>
    Resting,
}
