using AirIsland.Edge.Metering;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>Where the driver counts and logs.</summary>
public sealed record Dlt645Report(EdgeStatus Status, HealthBoard Health, ILogger<Dlt645Driver> Logger);
