using System.Text.Json;
using AirIsland.Edge.Metering;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Edge;

/// <summary>
/// Writes the edge's numbers as one JSON line to <c>status.json</c> when it stops. What must survive a kill is in the outbox itself.
/// </summary>
public sealed class StatusFile(EdgeOptions options, EdgeStatus status, EdgeMetrics metrics) : IHostedService
{
    public const string FileName = "status.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>The meter, which lives as long as this service.</summary>
    public EdgeMetrics Metrics => metrics;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(options.Data, FileName), JsonSerializer.Serialize(status, Format) + "\n", cancellationToken);
}
