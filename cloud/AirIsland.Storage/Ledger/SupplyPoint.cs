using AirIsland.Domain.Metering;

namespace AirIsland.Storage.Ledger;

/// <summary>Where a company is metered: the tag of its volume register and that of its flow.</summary>
public sealed record SupplyPoint(TagId Volume, TagId Flow);
