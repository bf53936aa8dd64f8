using System.Diagnostics.Metrics;
using AirIsland.Edge.Drivers.Sparkplug;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Northbound;

namespace AirIsland.Edge;

/// <summary>The edge's meter, <c>AirIsland.Edge</c>: the numbers of <see cref="EdgeStatus"/> as instruments.</summary>
public sealed class EdgeMetrics
{
    public const string MeterName = "AirIsland.Edge";

    public EdgeMetrics(IMeterFactory meters, EdgeStatus status, TimeProvider time, SparkplugCounts sparkplug, SparkplugEdgeNode northbound)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(northbound);
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
        meter.CreateObservableCounter("airisland.edge.outbox.dropped", () => status.Dropped, "{sample}", "Samples given up by a limit");
        meter.CreateObservableCounter("airisland.uplink.acknowledged", () => status.Acknowledged, "{batch}", "Batches the cloud stored");
        meter.CreateObservableCounter("airisland.uplink.rejected", () => status.Rejected, "{batch}", "Batches the cloud could not decode");
        meter.CreateObservableCounter("airisland.uplink.reconnect", () => status.Reconnects, "{reconnect}", "Times the link was lost");
        AddSparkplug(meter, sparkplug);
        meter.CreateObservableCounter(
            "airisland.edge.northbound.dropped", () => northbound.Dropped, "{sample}", "Samples that waited for a SCADA too long");
    }

    private static void AddSparkplug(Meter meter, SparkplugCounts counts)
    {
        meter.CreateObservableCounter("airisland.edge.sparkplug.rebirth", () => counts.Rebirths, "{request}", "Births asked for");
        meter.CreateObservableCounter("airisland.edge.sparkplug.gap", () => counts.Gaps, "{gap}", "Numbers that stayed missing");
        meter.CreateObservableCounter("airisland.edge.sparkplug.unborn", () => counts.Unborn, "{value}", "Values before their birth");
        meter.CreateObservableCounter("airisland.edge.sparkplug.skipped", () => counts.Skipped, "{value}", "Values nobody here reads");
        meter.CreateObservableCounter("airisland.edge.sparkplug.ignored", () => counts.Ignored, "{message}", "Messages not ours");
        meter.CreateObservableCounter(
            "airisland.edge.sparkplug.unreadable", () => counts.Unreadable, "{message}", "Messages that are no payload");
    }

    private static double Age(EdgeStatus status, TimeProvider time) =>
        status.Outbox.OldestPending is { } oldest ? Math.Max(0, (time.GetUtcNow().ToUnixTimeMilliseconds() - oldest) / 1000.0) : 0;
}
