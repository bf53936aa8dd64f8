using System.Net.NetworkInformation;
using System.Security.Cryptography;
using AirIsland.Proto.Telemetry.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Cloud.Tests;

/// <summary>The whole cloud on free ports and a directory of its own; once per test class, because a silo takes seconds to start.</summary>
public class CloudHost : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-cloud-").FullName;
    private readonly int[] _ports = FreePorts(4);
    private WebApplication? _app;
    private GrpcChannel? _channel;

    /// <summary>Where it keeps its files; there is nothing before it starts.</summary>
    public string Data => _directory;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Where edges call.</summary>
    public Uri Ingest => new($"http://127.0.0.1:{_ports[1]}");

    /// <summary>What a class of tests wants otherwise.</summary>
    protected virtual IEnumerable<string> Settings => [];

    public async Task InitializeAsync()
    {
        _app = CloudApp.Build([
            $"--Cloud:Data={_directory}", $"--Cloud:HttpPort={_ports[0]}", $"--Cloud:GrpcPort={_ports[1]}",
            $"--Cloud:SiloPort={_ports[2]}", $"--Cloud:GatewayPort={_ports[3]}", "--Logging:LogLevel:Default=Warning", .. Settings]);
        await _app.StartAsync();
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{_ports[0]}") };
        _channel = GrpcChannel.ForAddress(
            $"http://127.0.0.1:{_ports[1]}", new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { UseProxy = false } });
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        _channel?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A new stream, as a raw client of the contract would open it.</summary>
    public AsyncDuplexStreamingCall<Up, Down> Stream() =>
        new Telemetry.TelemetryClient(_channel).Stream(deadline: TimeProvider.System.GetUtcNow().AddSeconds(30).UtcDateTime);

    public T Service<T>()
        where T : notnull => _app is null ? throw new InvalidOperationException("not started") : _app.Services.GetRequiredService<T>();

    /// <summary>Below the range of outgoing connections, which would take a port between its choice and its use.</summary>
    internal static int[] FreePorts(int count)
    {
        for (var first = RandomNumberGenerator.GetInt32(20_000, 32_000); ; first = RandomNumberGenerator.GetInt32(20_000, 32_000))
        {
            int[] ports = [.. Enumerable.Range(first, count)];
            var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port).ToHashSet();
            if (!ports.Any(used.Contains)) return ports;
        }
    }
}
