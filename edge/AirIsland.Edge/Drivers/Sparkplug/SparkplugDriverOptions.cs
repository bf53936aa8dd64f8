using AirIsland.Fieldbus.Sparkplug;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>How the edge listens as a Sparkplug host application. All times are real time.</summary>
public sealed record SparkplugDriverOptions
{
    /// <summary>Name of the host application in <c>spBv1.0/STATE/…</c>; no other may have it. Empty: the broker's client id.</summary>
    public string HostId { get; init; } = "";

    /// <summary>How long a missing number may still come; 100 ms to 1 min. Then the node is asked for its births.</summary>
    public TimeSpan ReorderTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Shortest time between two requests for births to one node; 1 s to 1 h. One that is not born in three times that is Bad.
    /// </summary>
    public TimeSpan RebirthPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (HostId.Length > 0 && !SparkplugTopic.IsId(HostId))
            yield return $"{section}:{nameof(HostId)} '{HostId}' cannot stand in a topic";
        if (ReorderTimeout < TimeSpan.FromMilliseconds(100) || ReorderTimeout > TimeSpan.FromMinutes(1))
            yield return $"{section}:{nameof(ReorderTimeout)} {ReorderTimeout} is not between 100 ms and 1 min";
        if (RebirthPause < TimeSpan.FromSeconds(1) || RebirthPause > TimeSpan.FromHours(1))
            yield return $"{section}:{nameof(RebirthPause)} {RebirthPause} is not between 1 s and 1 h";
    }
}
