namespace AirIsland.Storage.Ledger.Rows;

/// <summary>A company that takes air from a station.</summary>
public sealed class CompanyRow
{
    public required string Id { get; set; }

    public required string StationId { get; set; }

    public required string Name { get; set; }

    public required string NameEn { get; set; }
}
