using System.Net;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Bench;

/// <summary>
/// The bench over HTTP, on 127.0.0.1 only: an application of its own inside the simulators' host. It knows no settings and no signals of
/// the process, so that it can live beside other web applications.
/// </summary>
public sealed class BenchServer(DeviceFleet fleet, DeviceBench bench, BenchOptions options, ILoggerFactory logs)
    : IHostedService, IAsyncDisposable
{
    private const int MostConnections = 64;
    private const int MostBytes = 16 * 1024;

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    private WebApplication? _app;

    /// <exception cref="IOException">The port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Limit);
        builder.Services.AddSingleton(logs).AddSingleton<IHostLifetime, Silent>();
        builder.Services.AddRoutingCore().AddProblemDetails().ConfigureHttpJsonOptions(json => BenchJson.Set(json.SerializerOptions));
        _app = builder.Build();
        _app.UseExceptionHandler().UseStatusCodePages();

        // By no other name: a page that found its way to this port in somebody's browser is not for us.
        var routes = _app.MapGroup("/").RequireHost("127.0.0.1", "localhost");
        DeviceRoutes.Map(routes, fleet, bench);
        DisturbanceRoutes.Map(routes, fleet);
        MeterRoutes.Map(routes, fleet);
        await _app.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null) await _app.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private void Limit(KestrelServerOptions kestrel)
    {
        kestrel.Listen(IPAddress.Loopback, options.Port);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestBodySize = MostBytes;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
    }

    /// <summary>Signals belong to the host around it.</summary>
    private sealed class Silent : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
