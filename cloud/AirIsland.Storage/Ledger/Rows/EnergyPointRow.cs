namespace AirIsland.Storage.Ledger.Rows;

/// <summary>An energy register that counts towards the electricity of a station.</summary>
public sealed class EnergyPointRow
{
    public required string StationId { get; set; }

    public required string EnergyTag { get; set; }
}
