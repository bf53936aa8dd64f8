using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Twin;

/// <summary>The latest of one tag, in the tag's unit. No value exactly when the quality is Bad.</summary>
public sealed record TwinValue(TagId Tag, Instant At, decimal? Value, Quality Quality);
