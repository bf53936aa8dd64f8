using System.Diagnostics.Metrics;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Health;

/// <summary>The edge's meter, <c>AirIsland.Edge</c>: the numbers of <see cref="EdgeStatus"/> and of each device as instruments.</summary>
public sealed class EdgeMetrics
{
    public const string MeterName = "AirIsland.Edge";

    public EdgeMetrics(IMeterFactory meters, EdgeStatus status, HealthBoard health, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(health);
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter("airisland.edge.scan", () => status.Scans, "{scan}", "Scans that drivers handed out");
        meter.CreateObservableCounter("airisland.edge.scan.bad", () => status.Bad, "{sample}", "Bad readings among them");
        meter.CreateObservableCounter(
            "airisland.edge.scan.late", () => status.Late, "{scan}", "Polls left out because the one before still ran");
        meter.CreateObservableCounter("airisland.edge.scan.failed", () => status.Failures, "{try}", "Tries that failed");
        meter.CreateObservableCounter(
            "airisland.edge.message.redelivered", () => status.Redelivered, "{message}", "Messages already known");
        meter.CreateObservableCounter(
            "airisland.edge.sample.measured", () => status.Outbox.Measured, "{sample}", "Samples accepted into the outbox");
        meter.CreateObservableGauge("airisland.edge.outbox.pending", () => status.Outbox.Pending, "{batch}", "Batches not acknowledged");
        meter.CreateObservableGauge("airisland.edge.outbox.size", () => status.Outbox.Bytes, "By", "Payload kept");
        meter.CreateObservableGauge("airisland.edge.outbox.age", () => Age(status, time), "s", "Age of the oldest batch not acknowledged");
        meter.CreateObservableGauge(
            "airisland.edge.clock.doubted", () => status.IsClockBelieved ? 0 : 1, "1", "1 while the edge's own clock is not believed");
        meter.CreateObservableCounter("airisland.edge.clock.step", () => status.ClockSteps, "{step}", "Times the clock was set");
        meter.CreateObservableGauge(
            "airisland.edge.outbox.stalled", () => status.IsStalled ? 1 : 0, "1", "1 when nothing is acknowledged although the link is up");
        meter.CreateObservableCounter(
            "airisland.edge.outbox.dropped", () => status.Dropped, "{sample}", "Samples given up by a limit or for a lost catalogue");
        meter.CreateObservableCounter(
            "airisland.edge.outbox.read.failed", () => status.ReadFailures, "{read}", "Reads that the outbox's disk did not answer");
        meter.CreateObservableCounter("airisland.uplink.acknowledged", () => status.Acknowledged, "{batch}", "Batches the cloud stored");
        meter.CreateObservableCounter("airisland.uplink.rejected", () => status.Rejected, "{batch}", "Batches the cloud could not decode");
        meter.CreateObservableCounter("airisland.uplink.reconnect", () => status.Reconnects, "{reconnect}", "Times the link was lost");
        meter.CreateObservableGauge("airisland.edge.settings.generation", () => status.Generation, "1", "Settings in force, 1 and up");
        meter.CreateObservableCounter("airisland.edge.settings.refused", () => status.Refusals, "{file}", "Changed settings refused");
        DeviceMetrics.AddTo(meter, health);
    }

    private static double Age(EdgeStatus status, TimeProvider time) =>
        status.Outbox.OldestPending is { } oldest ? Math.Max(0, (time.GetUtcNow().ToUnixTimeMilliseconds() - oldest) / 1000.0) : 0;
}
