namespace AirIsland.Storage.Ledger.Rows;

/// <summary>Where a company is metered: the tag of its volume register and that of its flow.</summary>
public sealed class SupplyPointRow
{
    public required string CompanyId { get; set; }

    public required string VolumeTag { get; set; }

    public required string FlowTag { get; set; }
}
