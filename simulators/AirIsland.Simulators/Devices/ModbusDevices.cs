using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Simulators.Devices;

/// <summary>The Modbus TCP servers of the station, on 127.0.0.1.</summary>
public sealed class ModbusDevices(MeteredPlant plant, ModbusPorts ports) : IHostedService, IAsyncDisposable
{
    private readonly Dictionary<string, ModbusServer> _servers = [];

    /// <summary>Where the servers listen, by the id of their first device. Filled at the start.</summary>
    public IReadOnlyDictionary<string, IPEndPoint> Endpoints => _servers.ToDictionary(pair => pair.Key, pair => pair.Value.Endpoint);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Serve(ports.Compressor1, (1, "compressor-1"));
        Serve(ports.Compressor2, (1, "compressor-2"));
        Serve(ports.Compressor3, (1, "compressor-3"));
        Serve(
            ports.Power,
            (10, "station-power"), (11, "compressor-1-power"), (12, "compressor-2-power"), (13, "compressor-3-power"));
        Serve(ports.LifodeFlow, (1, "lifode-flow"));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values) await server.DisposeAsync();
        _servers.Clear();
    }

    private void Serve(int port, params (byte Unit, string Device)[] units)
    {
        var gateway = new ModbusGateway(plant.Gate, units.ToDictionary(unit => unit.Unit, unit => plant.Devices[unit.Device]));
        try
        {
            _servers[units[0].Device] = ModbusServer.Start(new(IPAddress.Loopback, port), gateway);
        }
        catch (SocketException e)
        {
            throw new IOException($"{units[0].Device} cannot listen on 127.0.0.1:{port}: {e.Message}", e);
        }
    }
}
