using System.Diagnostics.Metrics;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Health;

/// <summary>How each device is doing, as instruments of the edge's meter, with the device's id as <c>device</c>.</summary>
internal static class DeviceMetrics
{
    public static void AddTo(Meter meter, HealthBoard health)
    {
        Gauge("state", "1", "0 works, 1 is being probed, 2 is left alone", d => (int)d.State);
        Gauge("round_trip", "s", "From request to answer, smoothed", d => d.RoundTrip?.TotalSeconds);
        Gauge("round_trip.slow", "s", "The slowest but one in a hundred", d => d.SlowRoundTrip?.TotalSeconds);
        Counter("request", "{request}", "Requests sent", d => d.Requests);
        Counter("timeout", "{request}", "Requests that were not answered in time", d => d.Timeouts);
        Counter("failure", "{try}", "Tries that gave no value", d => d.Failures);
        Counter("stray", "{frame}", "Frames that answered nothing", d => d.Strays);
        Counter("skipped", "{scan}", "Polls left out because they would have been late", d => d.Skipped);

        void Gauge(string name, string unit, string description, Func<DeviceHealth, double?> value) => meter.CreateObservableGauge(
            $"airisland.edge.device.{name}",
            () => health.Devices.Where(d => value(d) is not null).Select(d => new Measurement<double>(value(d)!.Value, Of(d))),
            unit,
            description);

        void Counter(string name, string unit, string description, Func<DeviceHealth, long> value) => meter.CreateObservableCounter(
            $"airisland.edge.device.{name}", () => health.Devices.Select(d => new Measurement<long>(value(d), Of(d))), unit, description);
    }

    private static KeyValuePair<string, object?> Of(DeviceHealth device) => new("device", device.Device);
}
