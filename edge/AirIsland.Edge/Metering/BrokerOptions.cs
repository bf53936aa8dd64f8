namespace AirIsland.Edge.Metering;

/// <summary>The site's MQTT broker, as each driver that speaks to it connects. All times are real time.</summary>
public sealed record BrokerOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    /// <summary>Name of the session that the broker keeps for this edge. It must not change and no other client may use it.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>How long the broker keeps messages for an edge that is away; 1 min to 365 days.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long connecting and each request may take; 100 ms to 1 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Rest after a first failure; 10 ms to 1 min.</summary>
    public TimeSpan ShortestRest { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest rest between two tries; at least <see cref="ShortestRest"/>, at most 10 min.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages that may wait for the outbox at once, 1 to 1,024: what is in flight must be known when it comes again.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (string.IsNullOrWhiteSpace(Host)) yield return $"{section}:{nameof(Host)} is empty";
        if (Port is < 1 or > 65535) yield return $"{section}:{nameof(Port)} {Port} is not between 1 and 65535";
        if (string.IsNullOrWhiteSpace(ClientId)) yield return $"{section}:{nameof(ClientId)} is empty";
        if (SessionExpiry < TimeSpan.FromMinutes(1) || SessionExpiry > TimeSpan.FromDays(365))
            yield return $"{section}:{nameof(SessionExpiry)} {SessionExpiry} is not between 1 min and 365 days";
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(1))
            yield return $"{section}:{nameof(Timeout)} {Timeout} is not between 100 ms and 1 min";
        if (ShortestRest < TimeSpan.FromMilliseconds(10) || ShortestRest > TimeSpan.FromMinutes(1))
            yield return $"{section}:{nameof(ShortestRest)} {ShortestRest} is not between 10 ms and 1 min";
        if (LongestRest < ShortestRest || LongestRest > TimeSpan.FromMinutes(10))
            yield return $"{section}:{nameof(LongestRest)} {LongestRest} is not between {nameof(ShortestRest)} and 10 min";
        if (MaxInFlight is < 1 or > RecentInstants.Capacity)
            yield return $"{section}:{nameof(MaxInFlight)} {MaxInFlight} is not between 1 and {RecentInstants.Capacity}";
    }
}
