namespace AirIsland.Storage.Ledger.Rows;

/// <summary>A station. Pressures in MPa gauge.</summary>
public sealed class StationRow
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    public required string NameEn { get; set; }

    /// <summary>IANA zone.</summary>
    public required string Zone { get; set; }

    public double HeaderPressureLow { get; set; }

    public double HeaderPressureHigh { get; set; }
}
