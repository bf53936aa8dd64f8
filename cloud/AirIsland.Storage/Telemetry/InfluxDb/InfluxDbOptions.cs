using System.ComponentModel.DataAnnotations;

namespace AirIsland.Storage.Telemetry.InfluxDb;

/// <summary>
/// Where levels go and who we are there. Passwords and tokens are sent in a header, never in an address, and are never logged.
/// </summary>
public sealed class InfluxDbOptions : IValidatableObject
{
    /// <summary>
    /// Address of the server, <c>http://</c> or <c>https://</c>, without user or password. Default <c>http://127.0.0.1:8086</c>.
    /// </summary>
    [Required]
    public string Url { get; set; } = "http://127.0.0.1:8086";

    /// <summary>Which interface it speaks: V1, V2 or V3. Default V1.</summary>
    public InfluxDbVersion Version { get; set; } = InfluxDbVersion.V1;

    /// <summary>Database, with V2 the bucket. Default <c>airisland</c>; with V1 it is made when missing.</summary>
    [Required]
    public string Database { get; set; } = "airisland";

    /// <summary>The bucket's organisation, name or id. V2 only, and wanted there.</summary>
    public string Organisation { get; set; } = "";

    /// <summary>V1 only; empty: the server asks for nobody.</summary>
    public string User { get; set; } = "";

    /// <summary>Of <see cref="User"/>.</summary>
    public string Password { get; set; } = "";

    /// <summary>Secret that may write and read the database. V2 and V3.</summary>
    public string Token { get; set; } = "";

    /// <summary>Most lines (points) of one request. 100 to 100,000, default 5,000, as InfluxData advises.</summary>
    [Range(100, 100_000)]
    public int MaxLines { get; set; } = 5_000;

    /// <summary>Points of one piece of an answer: what a reader holds in memory. 100 to 100,000, default 5,000.</summary>
    [Range(100, 100_000)]
    public int ChunkSize { get; set; } = 5_000;

    /// <summary>How long the server may take to begin to answer, real time, 100 ms to 10 min. Default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries of one write before the batch is handed back to its edge, 1 to 10. Default 3.</summary>
    [Range(1, 10)]
    public int Tries { get; set; } = 3;

    /// <summary>Rest before the second try, doubled before each further one; real time, 0 to 1 min. Default 200 ms.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return $"{section}:{nameof(Url)} '{Url}' is no http:// or https:// address";
        else if (url.UserInfo.Length > 0)
            yield return $"{section}:{nameof(Url)} must not carry user and password: addresses are logged";
        if (!Enum.IsDefined(Version)) yield return $"{section}:{nameof(Version)} {(int)Version} is not V1, V2 or V3";
        if (string.IsNullOrWhiteSpace(Database)) yield return $"{section}:{nameof(Database)} is missing";
        if (Version == InfluxDbVersion.V2 && Organisation.Length == 0) yield return $"{section}:{nameof(Organisation)} is wanted with V2";
        if (Version == InfluxDbVersion.V2 && Token.Length == 0) yield return $"{section}:{nameof(Token)} is wanted with V2";
        if (Version == InfluxDbVersion.V1 && Token.Length > 0)
            yield return $"{section}:{nameof(Token)} is for V2 and V3; V1 takes {nameof(User)} and {nameof(Password)}";
        if (MaxLines is < 100 or > 100_000) yield return $"{section}:{nameof(MaxLines)} {MaxLines} is not between 100 and 100000";
        if (ChunkSize is < 100 or > 100_000) yield return $"{section}:{nameof(ChunkSize)} {ChunkSize} is not between 100 and 100000";
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(10))
            yield return $"{section}:{nameof(Timeout)} {Timeout} is not between 100 ms and 10 min";
        if (Tries is < 1 or > 10) yield return $"{section}:{nameof(Tries)} {Tries} is not between 1 and 10";
        if (Rest < TimeSpan.Zero || Rest > TimeSpan.FromMinutes(1))
            yield return $"{section}:{nameof(Rest)} {Rest} is not between 0 and 1 min";
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Mistakes("InfluxDb").Select(m => new ValidationResult(m));
}
