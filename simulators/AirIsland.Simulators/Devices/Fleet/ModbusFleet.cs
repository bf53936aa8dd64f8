using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>The Modbus TCP servers of a fleet, on 127.0.0.1: one for each port, with one device or many behind it.</summary>
/// <param name="fleet">The devices.</param>
/// <param name="time">The plant's, for meters that are late; null: real time.</param>
public sealed class ModbusFleet(DeviceFleet fleet, TimeProvider? time = null) : IHostedService, IAsyncDisposable
{
    private readonly List<ModbusServer> _servers = [];

    /// <exception cref="IOException">A port is taken.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var behind in fleet.Devices.Where(device => device.IsModbus).GroupBy(device => device.Place.Server)) Serve([.. behind]);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask()));
        _servers.Clear();
    }

    private void Serve(IReadOnlyList<FleetDevice> devices)
    {
        var port = devices[0].Place.Port;
        try
        {
            var gateway = new ModbusGateway(fleet.Gate, devices.ToDictionary(device => device.Place.Unit));
            var server = ModbusServer.Start(new(IPAddress.Loopback, port), gateway, new DisturbedLine(devices, time));
            _servers.Add(server);
            foreach (var device in devices) device.Endpoint = server.Endpoint;
        }
        catch (SocketException e)
        {
            throw new IOException($"{devices[0].Id} cannot listen on 127.0.0.1:{port}: {e.Message}", e);
        }
    }
}
