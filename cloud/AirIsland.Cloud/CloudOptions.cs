using System.ComponentModel.DataAnnotations;
using System.Net;
using AirIsland.Cloud.Access;
using AirIsland.Storage.Telemetry.InfluxDb;
using AirIsland.Storage.Telemetry.Postgres;

namespace AirIsland.Cloud;

/// <summary>
/// The settings of a cloud process, section <c>Cloud</c> of cloud.json. Listeners bind loopback; the one for edges may do otherwise with
/// certificates.
/// </summary>
public sealed class CloudOptions : IValidatableObject
{
    public const string Section = "Cloud";

    /// <summary>Directory of store and ledger; made when missing. Default <c>data/cloud</c>.</summary>
    [Required]
    public string Data { get; set; } = "data/cloud";

    /// <summary>
    /// Where telemetry and ledger are: <c>Embedded</c>, files of one process in <see cref="Data"/>; <c>InfluxDb</c>, those and levels in an
    /// InfluxDB; or <c>Postgres</c>. Default <c>Embedded</c>.
    /// </summary>
    public StoreKind Store { get; set; }

    /// <summary>
    /// Connection string of <see cref="StoreKind.Postgres"/>: <c>Host=db;Database=airisland;Username=cloud;Password=…</c>. Never logged;
    /// best given as environment variable <c>Cloud__Postgres</c>.
    /// </summary>
    public string Postgres { get; set; } = "";

    /// <summary>
    /// How long levels are kept as they were measured; afterwards what is left of them is minutes, for ever. Registers are kept for ever.
    /// Default 1095 days; at least one.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00", ErrorMessage = "Cloud:KeepLevels is not 1 to 36500 days (1095.00:00:00)")]
    public TimeSpan KeepLevels { get; set; } = TimeSpan.FromDays(1095);

    /// <summary>Which InfluxDB has the levels of <see cref="StoreKind.InfluxDb"/>.</summary>
    public InfluxDbOptions InfluxDb { get; set; } = new();

    /// <summary>
    /// Id of the cluster that this process is part of, the same in each of its processes: 1 to 64 letters, digits and hyphens. Needs
    /// <see cref="StoreKind.Postgres"/>. Default none: this process is alone.
    /// </summary>
    [RegularExpression("[A-Za-z0-9-]{1,64}", ErrorMessage = "Cloud:Cluster is not 1 to 64 letters, digits and hyphens")]
    public string Cluster { get; set; } = "";

    /// <summary>
    /// Address at which the other processes of the cluster reach this one's silo; it listens there. What they say to each other is
    /// neither encrypted nor authenticated: loopback or a network of their own. Default <c>127.0.0.1</c>.
    /// </summary>
    [Required]
    public string SiloAddress { get; set; } = "127.0.0.1";

    /// <summary>Site file that fills a new ledger; empty for none. Default <c>site.json</c> beside the program.</summary>
    public string Site { get; set; } = "site.json";

    /// <summary>Pages and HTTP API. Default 5080.</summary>
    [Range(1, 65535)]
    public int HttpPort { get; set; } = 5080;

    /// <summary>gRPC for edges, HTTP/2 only, hence a port of its own. Default 5081.</summary>
    [Range(1, 65535)]
    public int GrpcPort { get; set; } = 5081;

    /// <summary>
    /// Where the gRPC listener binds: <c>localhost</c>, an address of the machine, or <c>*</c> for all. Other than loopback needs
    /// <see cref="Tls"/>. Default <c>localhost</c>.
    /// </summary>
    [Required]
    public string GrpcAddress { get; set; } = "localhost";

    /// <summary>Certificates of the gRPC listener. Default none: edges on this machine only, and anybody may be any of them.</summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>
    /// The stations each edge may write for, by the edge's id: <c>{ "edge-1": ["moushan"] }</c>. Asked with <see cref="Tls"/> only; an edge
    /// that is not in it is refused then. Read at the start.
    /// </summary>
    public Dictionary<string, string[]> Edges { get; set; } = [];

    /// <summary>Orleans silo. Default 11111.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Orleans gateway. Default 30000.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Batches an edge may have unacknowledged. Default 64.</summary>
    [Range(1, 4096)]
    public int Credit { get; set; } = 64;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (GrpcAddress is not ("localhost" or "*") && !IPAddress.TryParse(GrpcAddress, out _))
            yield return new($"Cloud:GrpcAddress '{GrpcAddress}' is no address, localhost or *");
        else if (!Tls.IsOn && GrpcAddress != "localhost" && !(IPAddress.TryParse(GrpcAddress, out var at) && IPAddress.IsLoopback(at)))
            yield return new($"Cloud:GrpcAddress '{GrpcAddress}' is more than this machine: Cloud:Tls is wanted");
        if (Store == StoreKind.Postgres && PostgresOptions.Mistake(Postgres) is { } wrong) yield return new($"Cloud:Postgres {wrong}");
        if (Store == StoreKind.InfluxDb)
            foreach (var mistake in InfluxDb.Mistakes("Cloud:InfluxDb")) yield return new(mistake);
        if (Cluster.Length > 0 && Store != StoreKind.Postgres)
            yield return new($"Cloud:Cluster '{Cluster}' needs Cloud:Store Postgres: {Store} is one process's");
        if (!IPAddress.TryParse(SiloAddress, out var silo) || silo.Equals(IPAddress.Any) || silo.Equals(IPAddress.IPv6Any))
            yield return new($"Cloud:SiloAddress '{SiloAddress}' is no address of a machine");
        foreach (var mistake in Tls.Mistakes("Cloud:Tls")) yield return new(mistake);
    }
}
