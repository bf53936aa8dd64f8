namespace AirIsland.Edge.Uplink;

/// <summary>Why a conversation with the cloud ended.</summary>
internal enum SessionEnd
{
    /// <summary>The link broke, or the cloud closed it.</summary>
    Lost,

    /// <summary>The cloud knows a number with other bytes: the outbox has to start a new epoch.</summary>
    Reused,

    /// <summary>The outbox started a new epoch: connect again.</summary>
    Renewed,

    /// <summary>Other certificates are to be used: connect again.</summary>
    Rotated,

    /// <summary>A newer stream of this edge took over.</summary>
    Fenced,

    /// <summary>The edge stops.</summary>
    Stopped,
}
