using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Domain.Billing;

/// <summary>
/// The terms under which a company takes air from <see cref="ValidFrom"/> until the next version: one price per m³ at one reference state.
/// </summary>
public sealed record ContractVersion(
    string Contract, int Version, CompanyId Company, Instant ValidFrom, UnitPrice Price, ReferenceState State);
