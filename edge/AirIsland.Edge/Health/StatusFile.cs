using System.Text.Json;
using AirIsland.Edge.Configuration;
using AirIsland.Edge.Metering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Health;

/// <summary>
/// Writes the edge's numbers as one JSON line to <c>status.json</c> when it stops. What must survive a kill is in the outbox itself.
/// </summary>
public sealed partial class StatusFile(
    EdgeOptions options, EdgeStatus status, EdgeMetrics metrics, SparkplugMetrics sparkplug, ILogger<StatusFile> logger) : IHostedService
{
    public const string FileName = "status.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>The meter, which lives as long as this service.</summary>
    public EdgeMetrics Metrics => metrics;

    /// <summary>The same of Sparkplug.</summary>
    public SparkplugMetrics Sparkplug => sparkplug;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(options.Data, FileName);
        try
        {
            // However late it is: that a stop took too long is when one wants to see it.
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(status, Format) + "\n", CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk may be why the edge stops.
            LogNotWritten(logger, path, e.Message);
        }
    }
}
