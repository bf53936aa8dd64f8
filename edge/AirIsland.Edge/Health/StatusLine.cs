using System.Globalization;
using AirIsland.Edge.Metering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Health;

/// <summary>Says in one line of the log, now and then, how the edge is: what an operator asks first.</summary>
public sealed partial class StatusLine(
    HealthOptions options, EdgeStatus status, HealthBoard health, TimeProvider time, ILogger<StatusLine> logger) : BackgroundService
{
    // Who is silent is named as long as it makes a line.
    private const int Named = 5;

    /// <summary>How it is, compared with <paramref name="since"/> ago, when <paramref name="before"/> samples had been measured.</summary>
    public string Read(long before, TimeSpan since)
    {
        var devices = health.Devices;
        var silent = devices.Where(d => d.State != DeviceState.Working).Select(d => d.Device).ToArray();
        var outbox = status.Outbox;
        var lag = outbox.OldestPending is { } oldest ? Math.Max(0, (time.GetUtcNow().ToUnixTimeMilliseconds() - oldest) / 1000.0) : 0;
        var rate = (outbox.Measured - before) / since.TotalSeconds;
        string[] parts =
        [
            $"{devices.Count} devices, {Silent(silent)}",
            string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} samples/s, {status.Bad} bad"),
            $"{status.Late} polls skipped, {status.Dropped} dropped",
            $"outbox {outbox.Pending} batches waiting",
            string.Create(CultureInfo.InvariantCulture, $"lag {lag:0.0} s, {outbox.Bytes >> 10} kB kept"),
            $"settings {status.Generation} ({status.Settings})",
        ];
        return string.Join("; ", parts);
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
        devices.Length == 0 ? "all answer" : $"{devices.Length} silent ({string.Join(", ", devices.Take(Named))}{More(devices)})";

    private static string More(string[] devices) => devices.Length > Named ? " …" : "";

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
