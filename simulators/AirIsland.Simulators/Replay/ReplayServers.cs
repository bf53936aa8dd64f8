using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Replay;

/// <summary>The Modbus TCP servers of a replay, on 127.0.0.1: one a port, with the devices of that port as its units.</summary>
public sealed class ReplayServers : IAsyncDisposable
{
    private readonly List<ModbusServer> _servers = [];
    private readonly Dictionary<string, IPEndPoint> _endpoints = [];

    private ReplayServers()
    {
    }

    /// <summary>Where a device is found, by its id.</summary>
    public IReadOnlyDictionary<string, IPEndPoint> Endpoints => _endpoints;

    /// <param name="plan">Its Modbus devices.</param>
    /// <param name="gate">Held while a row changes the devices.</param>
    /// <param name="firstPort">What the lowest port becomes, the others keep their distance; 0: free ones; null: as described.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<ReplayServers> StartAsync(ReplayPlan plan, Lock gate, int? firstPort)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var servers = new ReplayServers();
        try
        {
            var devices = plan.Devices.Where(device => device.Profile.Protocol == DeviceProtocol.Modbus).ToList();
            var lowest = devices.Select(device => device.Device.Port).DefaultIfEmpty().Min();
            // Port 0 is a free one, and a device alone on it.
            foreach (var port in devices.GroupBy(device => (device.Device.Port, Alone: device.Device.Port == 0 ? device.Device.Id : "")))
            {
                var wanted = firstPort is null or 0 ? firstPort ?? port.Key.Port : port.Key.Port - lowest + firstPort.Value;
                servers.Serve(wanted, gate, [.. port]);
            }
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        _servers.Clear();
    }

    private void Serve(int port, Lock gate, IReadOnlyList<ReplayedDevice> devices)
    {
        try
        {
            var units = devices.ToDictionary(device => device.Device.Unit);
            var server = ModbusServer.Start(new(IPAddress.Loopback, port), new ReplayGateway(gate, units), new ReplayLine(units));
            _servers.Add(server);
            foreach (var device in devices) _endpoints[device.Device.Id] = server.Endpoint;
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            throw new IOException($"{devices[0].Device.Id} cannot listen on 127.0.0.1:{port}: {e.Message}", e);
        }
    }
}
