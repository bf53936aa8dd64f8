namespace AirIsland.Storage.Ledger.Rows;

/// <summary>Hours in which a company makes nothing, as minutes of the station's day; may cross midnight.</summary>
public sealed class IdleWindowRow
{
    public required string CompanyId { get; set; }

    public int FromMinute { get; set; }

    public int ToMinute { get; set; }
}
