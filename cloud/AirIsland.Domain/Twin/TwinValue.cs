using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Twin;

/// <summary>The latest of one tag. No value exactly when the quality is Bad.</summary>
public sealed record TwinValue(TagId Tag, Instant At, decimal? Value, Quality Quality)
{
    /// <summary>UCUM unit of <see cref="Value"/>.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Name of the reference state, for volumes and flows of air; else null.</summary>
    public string? State { get; init; }
}
