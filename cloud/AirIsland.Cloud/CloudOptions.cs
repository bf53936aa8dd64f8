using System.ComponentModel.DataAnnotations;

namespace AirIsland.Cloud;

/// <summary>The settings of a cloud process, section <c>Cloud</c> of cloud.json. Every listener binds loopback.</summary>
public sealed class CloudOptions
{
    public const string Section = "Cloud";

    /// <summary>Directory of store and ledger; made when missing. Default <c>data/cloud</c>.</summary>
    [Required]
    public string Data { get; set; } = "data/cloud";

    /// <summary>Site file that fills a new ledger; empty for none. Default <c>site.json</c> beside the program.</summary>
    public string Site { get; set; } = "site.json";

    /// <summary>Pages and HTTP API. Default 5080.</summary>
    [Range(1, 65535)]
    public int HttpPort { get; set; } = 5080;

    /// <summary>gRPC without TLS, HTTP/2 only, hence a port of its own. Default 5081.</summary>
    [Range(1, 65535)]
    public int GrpcPort { get; set; } = 5081;

    /// <summary>Orleans silo. Default 11111.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Orleans gateway. Default 30000.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Batches an edge may have unacknowledged. Default 64.</summary>
    [Range(1, 4096)]
    public int Credit { get; set; } = 64;
}
