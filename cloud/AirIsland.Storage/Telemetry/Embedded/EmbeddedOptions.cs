using System.ComponentModel.DataAnnotations;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>Where the embedded store keeps its files and how much it takes in one commit.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>Directory of the store's files; made when missing.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>Most batches in one transaction. 1…10,000, default 512.</summary>
    [Range(1, 10_000)]
    public int MaxGroup { get; set; } = 512;

    /// <summary>Most payload bytes in one transaction. Default 8 MiB.</summary>
    [Range(1 << 10, 1 << 30)]
    public int MaxGroupBytes { get; set; } = 8 << 20;

    /// <summary>How long after its end an hour is sealed: what comes later costs a merge. Default 10 min.</summary>
    public TimeSpan SealAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long levels are kept as they were measured, from the end of their month; then as minutes. Null: for ever. Default 3 years.
    /// </summary>
    public TimeSpan? KeepLevels { get; set; } = TimeSpan.FromDays(3 * 366);

    /// <summary>Most points merged at once when hours are sealed: about 30 bytes of memory each. Default 2 million.</summary>
    [Range(1_000, 1_000_000_000)]
    public long MostMerged { get; set; } = 2_000_000;
}
