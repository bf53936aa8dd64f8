using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AirIsland.Demo;

/// <summary>
/// The ports of one demo, all on loopback. The usual ones of the settings files, or free ones, so that a run disturbs nothing.
/// </summary>
internal sealed class DemoPorts
{
    private const int UsualHttp = 5080;

    private static readonly int[] Usual = [UsualHttp, 5081, 11111, 30000, 15021, 15022, 15023, 15030, 15041, 11883];

    private readonly Dictionary<int, int> _ports;

    private DemoPorts(Dictionary<int, int> ports) => _ports = ports;

    public static DemoPorts Fixed => new(Usual.ToDictionary(p => p));

    /// <summary>Where pages and API are.</summary>
    public Uri Web => new($"http://127.0.0.1:{_ports[UsualHttp]}");

    public static DemoPorts Free()
    {
        var listeners = Usual.Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = Usual.Zip(listeners, (usual, l) => (usual, ((IPEndPoint)l.LocalEndpoint).Port)).ToDictionary();
        listeners.ForEach(l => l.Dispose());
        return new(ports);
    }

    public string[] Simulators() =>
    [
        Setting("Modbus:Compressor1", 15021), Setting("Modbus:Compressor2", 15022), Setting("Modbus:Compressor3", 15023),
        Setting("Modbus:Power", 15030), Setting("Modbus:LifodeFlow", 15041), Setting("Broker:Port", 11883),
    ];

    public string[] Cloud(string data) =>
    [
        Setting("Cloud:HttpPort", UsualHttp), Setting("Cloud:GrpcPort", 5081), Setting("Cloud:SiloPort", 11111),
        Setting("Cloud:GatewayPort", 30000), $"--Cloud:Data={data}",
    ];

    /// <summary>The devices of edge.json keep their places; only their ports move.</summary>
    public string[] Edge(string data)
    {
        var settings = new List<string>
        {
            $"--Edge:Data={data}", Setting("Edge:Broker:Port", 11883), $"--Edge:Cloud=http://127.0.0.1:{_ports[5081]}",
        };
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "edge.json")));
        var i = 0;
        foreach (var device in file.RootElement.GetProperty("Edge").GetProperty("Devices").EnumerateArray())
        {
            if (device.TryGetProperty("Endpoint", out var endpoint) && IPEndPoint.TryParse(endpoint.GetString() ?? "", out var usual))
                settings.Add($"--Edge:Devices:{i}:Endpoint={usual.Address}:{_ports[usual.Port]}");
            i++;
        }
        return [.. settings];
    }

    private string Setting(string name, int usual) => string.Create(CultureInfo.InvariantCulture, $"--{name}={_ports[usual]}");
}
