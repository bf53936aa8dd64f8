using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Efficiency;

/// <summary>
/// 气电比 over a period (half-open): all electricity of the station over the air delivered to its customers, from register differences.
/// <see cref="Covered"/> is the part of the period that all registers cover; the figures are of that part.
/// <see cref="Ratio"/> is null, with <see cref="Unknown"/> saying why, where it cannot be told.
/// </summary>
public sealed record AirPowerRatio(Interval Period, Interval? Covered, Energy? Energy, AirVolume? Volume)
{
    public SpecificEnergy? Ratio { get; init; }

    public string? Unknown { get; init; }

    /// <summary>Share of the period with reads close enough together, 0…1, the worst of all registers.</summary>
    public double Coverage { get; init; }

    /// <summary>Uncertain when a boundary was interpolated or coverage is incomplete.</summary>
    public Quality Quality { get; init; }
}
