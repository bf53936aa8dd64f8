using AirIsland.Edge.Metering;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>Where the driver counts and logs.</summary>
public sealed record SparkplugReport(EdgeStatus Status, HealthBoard Health, SparkplugCounts Counts, ILogger<SparkplugDriver> Logger);
