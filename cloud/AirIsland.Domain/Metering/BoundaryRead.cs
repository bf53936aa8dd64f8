using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// The register at one end of a period: the count in the meter's own state and resolution, and how it came about. A read that
/// lies between two telemetered reads is interpolated on the register, rounded to its resolution, and says so in its quality.
/// </summary>
public sealed record BoundaryRead(Instant At, long Count, Quality Quality);
