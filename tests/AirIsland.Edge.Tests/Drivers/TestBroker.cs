using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>MQTTnet's server on a free port: a broker of other habits than mosquitto, and one that can be told not to answer.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly MqttServer _server;
    private int _left;

    private TestBroker(int port)
    {
        Port = port;
        _server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port)
            .WithPersistentSessions().Build());
        _server.ClientDisconnectedAsync += _ =>
        {
            Interlocked.Increment(ref _left);
            return Task.CompletedTask;
        };
    }

    public int Port { get; }

    /// <summary>Connections that the broker knows to be over.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <param name="prepare">Told before it starts.</param>
    public static async Task<TestBroker> StartAsync(Action<MqttServer>? prepare = null)
    {
        for (var i = 0; i < 5; i++)
        {
            var broker = new TestBroker(FreePort());
            prepare?.Invoke(broker._server);
            try
            {
                await broker._server.StartAsync();
                return broker;
            }
            catch (SocketException)
            {
                // Somebody else took the port meanwhile.
                broker._server.Dispose();
            }
        }
        throw new InvalidOperationException("no free port five times");
    }

    public Task PublishAsync(string topic, string message) => _server.InjectApplicationMessage(new InjectedMqttApplicationMessage(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(message)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build()));

    public async ValueTask DisposeAsync()
    {
        // It may still be busy not answering.
        await _server.StopAsync(new MqttServerStopOptionsBuilder().Build()).WaitAsync(TimeSpan.FromSeconds(10))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _server.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
