using System.Net;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>
/// The Modbus servers of a fleet: TCP on 127.0.0.1, one for each port with one device or many behind it, and RTU on serial ports, over TCP
/// and through gateways that dial in.
/// </summary>
/// <param name="fleet">The devices.</param>
/// <param name="time">The plant's, for meters that are late; null: real time.</param>
public sealed class ModbusFleet(DeviceFleet fleet, TimeProvider? time = null) : IHostedService, IAsyncDisposable
{
    private readonly FleetServers _servers = new();

    /// <exception cref="IOException">A port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var protocol = new Protocol(fleet, time);
        foreach (var behind in fleet.Devices.Where(device => device.Speaks(DeviceProtocol.Modbus)).GroupBy(device => device.Place.Server))
            await _servers.ServeAsync([.. behind], protocol, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    private sealed class Protocol(DeviceFleet fleet, TimeProvider? time) : IFleetProtocol
    {
        public (IAsyncDisposable Server, IPEndPoint Endpoint) OnPort(IPEndPoint endpoint, IReadOnlyList<FleetDevice> devices)
        {
            var server = ModbusServer.Start(endpoint, Gateway(devices), new DisturbedLine(devices, time), FramingOf(devices));
            return (server, server.Endpoint);
        }

        public async Task<IAsyncDisposable> OnSerialAsync(
            SerialEndpoint endpoint, IReadOnlyList<FleetDevice> devices, CancellationToken ct) =>
            await ModbusSerialServer.StartAsync(endpoint, Gateway(devices), new DisturbedLine(devices, time), ct);

        public Func<IByteLine, CancellationToken, Task> OnLine(IReadOnlyList<FleetDevice> devices)
        {
            var (gateway, line, framing) = (Gateway(devices), new DisturbedLine(devices, time), FramingOf(devices));
            return (client, ct) => ModbusServer.ServeAsync(client, gateway, line, framing, ct);
        }

        private ModbusGateway Gateway(IReadOnlyList<FleetDevice> devices) =>
            new(fleet.Gate, devices.ToDictionary(device => device.Place.Unit));

        private static ModbusFraming FramingOf(IReadOnlyList<FleetDevice> devices) => devices[0].Line?.Framing ?? ModbusFraming.Tcp;
    }
}
