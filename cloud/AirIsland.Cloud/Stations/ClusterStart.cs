using AirIsland.Storage.Telemetry.Postgres;
using Microsoft.Extensions.Options;

namespace AirIsland.Cloud.Stations;

/// <summary>Before the silo starts: makes the tables in which the processes of a cluster find each other.</summary>
public sealed class ClusterStart(IOptions<CloudOptions> options) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var resource = typeof(ClusterStart).Assembly.GetManifestResourceStream("membership.sql")
            ?? throw new InvalidOperationException("membership.sql is not in the assembly");
        using var text = new StreamReader(resource);
        var script = await text.ReadToEndAsync(cancellationToken);
        await PostgresScript.RunAsync(options.Value.Postgres, script, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
