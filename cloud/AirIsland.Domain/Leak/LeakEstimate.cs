using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Leak;

/// <summary>
/// What flows at a company while it makes nothing: its leaks, behind its meter. <see cref="Flow"/> is null, with
/// <see cref="Unknown"/> saying why, where it cannot be told. <see cref="Seen"/> is the first to the last minute used.
/// </summary>
public sealed record LeakEstimate(CompanyId Company, AirFlow? Flow, Interval? Seen, int Minutes)
{
    public string? Unknown { get; init; }
}
