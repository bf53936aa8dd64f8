using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// One measurement: the instant it was measured, a count, and how far to trust it. No count exactly when the quality is Bad.
/// </summary>
public readonly record struct Sample(Instant At, long? Count, Quality Quality);
