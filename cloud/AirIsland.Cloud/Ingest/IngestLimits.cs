using System.ComponentModel.DataAnnotations;

namespace AirIsland.Cloud.Ingest;

/// <summary>
/// What one edge, and all of them together, may ask of the ingester; section <c>Cloud:Limits</c>. Whoever goes past one is refused with the
/// reason, and counted by it. Times are real ones.
/// </summary>
public sealed class IngestLimits
{
    public const string Section = "Cloud:Limits";

    /// <summary>Largest message, bytes. A batch of 10,000 points has 7 to 100 KB, a catalogue of 20,000 tags 3 MB.</summary>
    public const int MessageBytes = 4 << 20;

    /// <summary>Largest payload of a batch, bytes.</summary>
    public const int PayloadBytes = 1 << 20;

    /// <summary>Most tags of a catalogue.</summary>
    public const int CatalogueTags = 20_000;

    /// <summary>Streams at once. Default 1000.</summary>
    [Range(1, 100_000)]
    public int Streams { get; set; } = 1000;

    /// <summary>From the opening of a stream to its Hello. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Hello { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two messages of a stream; a living edge sends each second. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an edge may leave its acknowledgements unread, once the link holds no more of them. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Unread { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Catalogues that an edge may bring which were not known before, since the cloud's start. Default 64.</summary>
    [Range(1, 10_000)]
    public int NewCatalogues { get; set; } = 64;
}
