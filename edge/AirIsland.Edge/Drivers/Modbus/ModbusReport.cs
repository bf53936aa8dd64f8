using AirIsland.Edge.Metering;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>Where the Modbus driver says what it does: counts, the health of its devices, the log.</summary>
public sealed record ModbusReport(EdgeStatus Status, HealthBoard Health, ILogger<ModbusDriver> Logger);
