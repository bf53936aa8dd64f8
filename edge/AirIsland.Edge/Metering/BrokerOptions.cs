namespace AirIsland.Edge.Metering;

/// <summary>The site's MQTT broker, as each driver that speaks to it connects. All times are real time.</summary>
public sealed record BrokerOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    public BrokerVersion Version { get; init; }

    /// <summary>
    /// Name of the session that the broker keeps for this edge. It must not change and no other client may use it. Empty: the edge's id.
    /// </summary>
    public string ClientId { get; init; } = "";

    /// <summary>User at the broker; null: none.</summary>
    public string? User { get; init; }

    /// <summary>File with the user's password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Whether the connection is encrypted and the broker proves its name, <see cref="Host"/>.</summary>
    public bool Tls { get; init; }

    /// <summary>PEM file with the authorities that may vouch for the broker; null: those that this machine trusts.</summary>
    public string? ServerCa { get; init; }

    /// <summary>PEM file with the edge's own certificate; null: none. Needs <see cref="Key"/>.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file with the private key of <see cref="Certificate"/>, not encrypted.</summary>
    public string? Key { get; init; }

    /// <summary>How long the broker keeps messages for an edge that is away; 1 min to 365 days.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long connecting and each request may take; 100 ms to 1 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Rest after a first failure; 10 ms to 1 min.</summary>
    public TimeSpan ShortestRest { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest rest between two tries; at least <see cref="ShortestRest"/>, at most 10 min.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A topic that brings nothing for so long becomes Bad, once; 1 s to 1 day. One that brings something more rarely than every third of
    /// it: three of its scan group's periods.
    /// </summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Messages that may wait for the outbox at once, 1 to 1,024: what is in flight must be known when it comes again.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (string.IsNullOrWhiteSpace(Host)) yield return $"{section}:{nameof(Host)} is empty";
        if (Port is < 1 or > 65535) yield return $"{section}:{nameof(Port)} {Port} is not between 1 and 65535";
        foreach (var mistake in SecretMistakes(section)) yield return mistake;
        if (SessionExpiry < TimeSpan.FromMinutes(1) || SessionExpiry > TimeSpan.FromDays(365))
            yield return $"{section}:{nameof(SessionExpiry)} {SessionExpiry} is not between 1 min and 365 days";
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(1))
            yield return $"{section}:{nameof(Timeout)} {Timeout} is not between 100 ms and 1 min";
        if (ShortestRest < TimeSpan.FromMilliseconds(10) || ShortestRest > TimeSpan.FromMinutes(1))
            yield return $"{section}:{nameof(ShortestRest)} {ShortestRest} is not between 10 ms and 1 min";
        if (LongestRest < ShortestRest || LongestRest > TimeSpan.FromMinutes(10))
            yield return $"{section}:{nameof(LongestRest)} {LongestRest} is not between {nameof(ShortestRest)} and 10 min";
        if (SilentAfter < TimeSpan.FromSeconds(1) || SilentAfter > TimeSpan.FromDays(1))
            yield return $"{section}:{nameof(SilentAfter)} {SilentAfter} is not between 1 s and 1 day";
        if (MaxInFlight is < 1 or > RecentInstants.Capacity)
            yield return $"{section}:{nameof(MaxInFlight)} {MaxInFlight} is not between 1 and {RecentInstants.Capacity}";
    }

    private IEnumerable<string> SecretMistakes(string section)
    {
        if ((Certificate is null) != (Key is null))
            yield return $"{section}:{nameof(Certificate)} and {nameof(Key)} belong together, one of them is missing";
        if (PasswordFile is not null && User is null) yield return $"{section}:{nameof(PasswordFile)} needs a {nameof(User)}";
        if (!Tls && (ServerCa ?? Certificate ?? Key) is not null)
            yield return $"{section}:{nameof(ServerCa)}, {nameof(Certificate)} and {nameof(Key)} have no meaning without {nameof(Tls)}";
    }
}
