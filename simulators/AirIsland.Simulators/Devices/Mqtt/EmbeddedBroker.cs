using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// An MQTT broker in this process, on 127.0.0.1 only. It keeps the sessions of absent subscribers with up to 100,000 messages each; all
/// is gone when the process ends.
/// </summary>
public sealed class EmbeddedBroker(BrokerOptions options) : IHostedService, IDisposable
{
    private const int MostPendingMessages = 100_000;

    private readonly MqttServer _server = new MqttServerFactory().CreateMqttServer(
        new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(options.Port)
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(MostPendingMessages)
            .Build());

    private long _nameless;

    /// <exception cref="IOException">The port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server.ValidatingConnectionAsync += NameTheNamelessAsync;
        try
        {
            await _server.StartAsync();
        }
        catch (SocketException e)
        {
            throw new IOException($"the broker cannot listen on {IPAddress.Loopback}:{options.Port}: {e.Message}", e);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server.IsStarted) await _server.StopAsync(new MqttServerStopOptionsBuilder().Build());
    }

    public void Dispose() => _server.Dispose();

    /// <summary>Lets MQTT 5 clients in that bring no name. Those of MQTT 3.1.1 must bring one: the library insists.</summary>
    private Task NameTheNamelessAsync(ValidatingConnectionEventArgs connection)
    {
        if (string.IsNullOrEmpty(connection.ClientId) && connection.CleanSession == true)
        {
            connection.AssignedClientIdentifier = $"nameless-{Interlocked.Increment(ref _nameless)}";
            connection.ReasonCode = MqttConnectReasonCode.Success;
        }
        return Task.CompletedTask;
    }
}
