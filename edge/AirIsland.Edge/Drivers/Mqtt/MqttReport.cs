using AirIsland.Edge.Metering;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>Where the driver counts and logs.</summary>
public sealed record MqttReport(EdgeStatus Status, HealthBoard Health, ILogger<MqttDriver> Logger);
