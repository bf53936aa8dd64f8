using System.Diagnostics.Metrics;
using AirIsland.Edge.Drivers.Sparkplug;
using AirIsland.Edge.Northbound;

namespace AirIsland.Edge.Health;

/// <summary>What was counted of Sparkplug, as host and as edge node, as instruments of the edge's meter.</summary>
public sealed class SparkplugMetrics
{
    public SparkplugMetrics(IMeterFactory meters, SparkplugCounts counts, SparkplugEdgeNode northbound)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(northbound);
        var meter = meters.Create(EdgeMetrics.MeterName);
        meter.CreateObservableCounter("airisland.edge.sparkplug.rebirth", () => counts.Rebirths, "{request}", "Births asked for");
        meter.CreateObservableCounter("airisland.edge.sparkplug.gap", () => counts.Gaps, "{gap}", "Numbers that stayed missing");
        meter.CreateObservableCounter("airisland.edge.sparkplug.unborn", () => counts.Unborn, "{value}", "Values before their birth");
        meter.CreateObservableCounter("airisland.edge.sparkplug.skipped", () => counts.Skipped, "{value}", "Values nobody here reads");
        meter.CreateObservableCounter("airisland.edge.sparkplug.ignored", () => counts.Ignored, "{message}", "Messages not ours");
        meter.CreateObservableCounter(
            "airisland.edge.sparkplug.unreadable", () => counts.Unreadable, "{message}", "Messages that are no payload");
        meter.CreateObservableCounter(
            "airisland.edge.sparkplug.leftout", () => counts.LeftOut, "{message}", "Messages given up: too many waited");
        meter.CreateObservableCounter(
            "airisland.edge.northbound.dropped", () => northbound.Dropped, "{sample}", "Samples that waited for a SCADA too long");
    }
}
