namespace AirIsland.Edge.Metering;

/// <summary>How long a line stays open. Some devices have one session to give, and others want it too.</summary>
public enum ConnectionMode
{
    /// <summary>For ever.</summary>
    Persistent,

    /// <summary>Until the polls that are due have been answered.</summary>
    PerCycle,

    /// <summary>Until nothing was asked for <see cref="EndpointOptions.IdleAfter"/>.</summary>
    IdleClose,
}
