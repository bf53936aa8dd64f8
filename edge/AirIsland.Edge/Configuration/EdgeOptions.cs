using AirIsland.Edge.Drivers.Dlt645;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Drivers.Sparkplug;
using AirIsland.Edge.Health;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Northbound;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Pipeline;
using AirIsland.Edge.Uplink;

namespace AirIsland.Edge.Configuration;

/// <summary>Section <c>Edge</c> of <c>edge.json</c>: one site.</summary>
public sealed record EdgeOptions
{
    public const string Section = "Edge";

    /// <summary>Settings that come into force while the process runs; the others with its next start.</summary>
    public static IReadOnlySet<string> Changeable { get; } =
        new HashSet<string>(StringComparer.Ordinal) { nameof(Endpoints), nameof(Devices), nameof(Calculated) };

    /// <summary>Name of this edge towards the cloud: <c>[a-z0-9-]{1,32}</c>, no other edge may have it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The station it serves: <c>[a-z0-9-]{1,32}</c>.</summary>
    public string Station { get; init; } = "";

    /// <summary>
    /// The cloud's gRPC address: <c>http://</c> (HTTP/2 without TLS) or <c>https://</c>. Several of one cluster, between blanks, are tried
    /// in turn.
    /// </summary>
    public string Cloud { get; init; } = "http://127.0.0.1:5081";

    /// <summary>Directory of the outbox, made if need be; a relative one is relative to the working directory.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Directory of the device profiles; a relative one lies beside the program.</summary>
    public string Profiles { get; init; } = "profiles";

    /// <summary>The MQTT broker; only used when a device has a topic.</summary>
    public BrokerOptions Broker { get; init; } = new();

    /// <summary>The lines to devices that want to be treated in their own way; a device may also name an address directly.</summary>
    public IReadOnlyList<EndpointOptions> Endpoints { get; init; } = [];

    /// <summary>The devices of the site, at least one.</summary>
    public IReadOnlyList<DeviceOptions> Devices { get; init; } = [];

    /// <summary>Tags that are computed from others; none without a word.</summary>
    public IReadOnlyList<CalculatedOptions> Calculated { get; init; } = [];

    public ModbusDriverOptions Modbus { get; init; } = new();

    public SparkplugDriverOptions Sparkplug { get; init; } = new();

    public Dlt645DriverOptions Dlt645 { get; init; } = new();

    /// <summary>The site as an edge node for a SCADA of others; off by default.</summary>
    public NorthboundOptions Northbound { get; init; } = new();

    public PipelineOptions Pipeline { get; init; } = new();

    public ClockOptions Clock { get; init; } = new();

    public OutboxOptions Outbox { get; init; } = new();

    public UplinkOptions Uplink { get; init; } = new();

    public HealthOptions Health { get; init; } = new();

    /// <summary><see cref="Broker"/>, with the edge's id for a name where it has none.</summary>
    public BrokerOptions NamedBroker => Broker.ClientId.Length > 0 ? Broker : Broker with { ClientId = Id };

    /// <summary><see cref="Profiles"/> as a full path.</summary>
    public string ProfilesPath => Path.Combine(AppContext.BaseDirectory, Profiles);
}
