using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace AirIsland.Demo;

/// <summary>
/// The ports of one demo, all on loopback. The usual ones of the settings files, or free ones, so that a run disturbs nothing.
/// </summary>
internal sealed class DemoPorts
{
    private const int UsualHttp = 5080;
    private const int LowestFree = 20_000;
    private const int HighestFree = 32_000;

    private static readonly int[] Modbus = [15021, 15022, 15023, 15030, 15041];
    private static readonly int[] Usual = [UsualHttp, 5081, 11111, 30000, .. Modbus, 11883];

    private readonly Dictionary<int, int> _ports;

    private DemoPorts(Dictionary<int, int> ports) => _ports = ports;

    public static DemoPorts Fixed => new(Usual.ToDictionary(p => p));

    /// <summary>Where pages and API are.</summary>
    public Uri Web => new($"http://127.0.0.1:{_ports[UsualHttp]}");

    /// <summary>
    /// A free block of ports below the range from which systems give out ports of outgoing connections: a part that is killed and
    /// started again must find its port still free.
    /// </summary>
    /// <exception cref="IOException">No free block was found.</exception>
    public static DemoPorts Free()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var first = RandomNumberGenerator.GetInt32(LowestFree, HighestFree);
            if (Enumerable.Range(first, Usual.Length).All(IsFree))
                return new(Usual.Select((usual, i) => KeyValuePair.Create(usual, first + i)).ToDictionary());
        }
        throw new IOException($"no {Usual.Length} free ports in a row between {LowestFree} and {HighestFree}");
    }

    public string[] Simulators() =>
    [
        .. Modbus.Select(port => Setting($"Modbus:Instead:{port}", port)), Setting("Broker:Port", 11883),
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

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Setting(string name, int usual) => string.Create(CultureInfo.InvariantCulture, $"--{name}={_ports[usual]}");
}
