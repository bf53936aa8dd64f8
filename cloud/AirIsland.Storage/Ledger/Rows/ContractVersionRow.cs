namespace AirIsland.Storage.Ledger.Rows;

/// <summary>One version of a contract. The price is an integer, because SQLite sorts decimals as text.</summary>
public sealed class ContractVersionRow
{
    public required string ContractId { get; set; }

    public int Version { get; set; }

    public required string CompanyId { get; set; }

    /// <summary>Ms since 1970 UTC.</summary>
    public long ValidFromMs { get; set; }

    /// <summary>Millionths of a yuan per m³.</summary>
    public long PriceMicroCny { get; set; }

    public required string ReferenceState { get; set; }
}
