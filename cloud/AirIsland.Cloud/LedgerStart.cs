using AirIsland.Storage.Ledger;
using AirIsland.Storage.Telemetry;
using Microsoft.Extensions.Options;

namespace AirIsland.Cloud;

/// <summary>
/// Before anything else starts: makes or migrates the ledger, brings in the site file where the ledger lacks its stations, and opens the
/// store.
/// </summary>
public sealed partial class LedgerStart(
    SiteImport import, IServiceProvider services, IOptions<CloudOptions> options, ILogger<LedgerStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Store == StoreKind.Embedded) Directory.CreateDirectory(options.Value.Data);
        await import.MigrateAsync(cancellationToken);
        // It opens when it is made. One that cannot be opened is told now, not by the first edge that comes.
        _ = services.GetRequiredService<ITelemetryStore>();
        if (options.Value.Site.Length == 0) return;
        var path = Path.Combine(AppContext.BaseDirectory, options.Value.Site);
        if (!File.Exists(path)) return;
        await using var site = File.OpenRead(path);
        if (await import.ImportAsync(site, cancellationToken) is var added and > 0) LogImported(added, path);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Imported {Count} stations from {Path}")]
    private partial void LogImported(int count, string path);
}
