using System.Globalization;
using AirIsland.Edge.Metering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Health;

/// <summary>Says in one line of the log, now and then, how the edge is: what an operator asks first.</summary>
public sealed partial class StatusLine(
    HealthOptions options, EdgeStatus status, HealthBoard health, TimeProvider time, ILogger<StatusLine> logger) : BackgroundService
{
    /// <summary>How it is, compared with <paramref name="since"/> ago, when <paramref name="before"/> samples had been measured.</summary>
    public string Read(long before, TimeSpan since)
    {
        var devices = health.Devices;
        var silent = devices.Where(d => d.State != DeviceState.Working).Select(d => d.Device).ToArray();
        var outbox = status.Outbox;
        var lag = outbox.OldestPending is { } oldest ? Math.Max(0, (time.GetUtcNow().ToUnixTimeMilliseconds() - oldest) / 1000.0) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{devices.Count} devices, {Silent(silent)}; ")
            + string.Create(CultureInfo.InvariantCulture, $"{(outbox.Measured - before) / since.TotalSeconds:0.#} samples/s, ")
            + string.Create(CultureInfo.InvariantCulture, $"{status.Bad} bad, {status.Late} polls skipped, {status.Dropped} dropped; ")
            + string.Create(CultureInfo.InvariantCulture, $"outbox {outbox.Pending} batches waiting, lag {lag:0.0} s, {outbox.Bytes >> 10} kB kept; ")
            + string.Create(CultureInfo.InvariantCulture, $"settings {status.Generation} ({status.Settings})");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Real time: a person reads it, whatever the site's clock does.
        using var timer = new PeriodicTimer(options.StatusEvery);
        for (var before = status.Outbox.Measured; await NextAsync(timer, stoppingToken); before = status.Outbox.Measured)
        {
            var line = Read(before, options.StatusEvery);
            LogStatus(logger, line);
        }
    }

    private static string Silent(string[] devices) =>
        devices.Length == 0 ? "all answer" : $"{devices.Length} silent ({string.Join(", ", devices.Take(5))}{(devices.Length > 5 ? " …" : "")})";

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Status}")]
    private static partial void LogStatus(ILogger logger, string status);
}
