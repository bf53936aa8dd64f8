using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>The servers of a fleet's lines, one for each port, serial port or gateway that dials, whatever is spoken there.</summary>
internal sealed class FleetServers : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _servers = [];

    /// <summary>Serves the devices of one line.</summary>
    /// <exception cref="IOException">A port is taken, or there is none.</exception>
    public async Task ServeAsync(IReadOnlyList<FleetDevice> devices, IFleetProtocol protocol, CancellationToken ct)
    {
        var line = devices[0].Line;
        try
        {
            if (line?.Serial is { } port)
            {
                _servers.Add(await protocol.OnSerialAsync(new(port) { Baud = line.Baud, Parity = line.Parity }, devices, ct));
            }
            else if (line?.DialTo is { } number)
            {
                var listener = new IPEndPoint(IPAddress.Loopback, number);
                _servers.Add(DialOut.Start(listener, line.Gateway, line.Pause, protocol.OnLine(devices)));
            }
            else
            {
                var (server, endpoint) = protocol.OnPort(new(IPAddress.Loopback, line?.Port ?? devices[0].Place.Port), devices);
                _servers.Add(server);
                foreach (var device in devices) device.Endpoint = endpoint;
            }
        }
        catch (SocketException e)
        {
            var port = line?.Port ?? devices[0].Place.Port;
            throw new IOException($"{devices[0].Id} cannot listen on 127.0.0.1:{port}: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask()));
        _servers.Clear();
    }
}
