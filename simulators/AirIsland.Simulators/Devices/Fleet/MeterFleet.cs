using System.Net;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>
/// The DL/T 645 meters of a fleet, on their lines: gateways that pass bytes through over TCP, on 127.0.0.1, serial ports, and gateways that
/// dial in. All numbers of an answer are of one instant.
/// </summary>
/// <param name="fleet">The devices.</param>
/// <param name="time">The plant's, for meters that are late; null: real time.</param>
public sealed class MeterFleet(DeviceFleet fleet, TimeProvider? time = null) : IHostedService, IAsyncDisposable
{
    private readonly FleetServers _servers = new();

    /// <exception cref="IOException">A port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var protocol = new Protocol(fleet, time);
        foreach (var behind in fleet.Devices.Where(device => device.Speaks(DeviceProtocol.Dlt645)).GroupBy(device => device.Place.Server))
            await _servers.ServeAsync([.. behind], protocol, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    private sealed class Protocol(DeviceFleet fleet, TimeProvider? time) : IFleetProtocol
    {
        public (IAsyncDisposable Server, IPEndPoint Endpoint) OnPort(IPEndPoint endpoint, IReadOnlyList<FleetDevice> devices)
        {
            var server = DltServer.Start(endpoint, Meters(devices));
            return (server, server.Endpoint);
        }

        public async Task<IAsyncDisposable> OnSerialAsync(
            SerialEndpoint endpoint, IReadOnlyList<FleetDevice> devices, CancellationToken ct) =>
            await DltSerialServer.StartAsync(endpoint, Meters(devices), ct);

        public Func<IByteLine, CancellationToken, Task> OnLine(IReadOnlyList<FleetDevice> devices)
        {
            var meters = Meters(devices);
            return (client, ct) => meters.ServeAsync(new LineStream(client), ct);
        }

        private DltMeters Meters(IReadOnlyList<FleetDevice> devices) =>
            new([.. devices.Select(FleetMeter.Of)]) { Gate = fleet.Gate, Line = new DisturbedMeters(devices, time) };
    }
}
