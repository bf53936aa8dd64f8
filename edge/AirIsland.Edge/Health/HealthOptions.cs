namespace AirIsland.Edge.Health;

/// <summary>How the edge tells how it is.</summary>
public sealed record HealthOptions
{
    /// <summary>Port of this machine's loopback where <c>/metrics</c> is served to Prometheus. Null: nowhere.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>How often a line of the log says how the edge is; real time, 1 s to 1 day.</summary>
    public TimeSpan StatusEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (MetricsPort is < 1 or > 65535) yield return $"{section}:{nameof(MetricsPort)} {MetricsPort} is not between 1 and 65535";
        if (StatusEvery < TimeSpan.FromSeconds(1) || StatusEvery > TimeSpan.FromDays(1))
            yield return $"{section}:{nameof(StatusEvery)} {StatusEvery} is not between 1 s and 1 day";
    }
}
