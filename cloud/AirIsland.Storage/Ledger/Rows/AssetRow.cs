using AirIsland.Domain.Stations;

namespace AirIsland.Storage.Ledger.Rows;

/// <summary>An asset of a station; <see cref="Ordinal"/> keeps the order in which air passes them.</summary>
public sealed class AssetRow
{
    public required string StationId { get; set; }

    public required string Id { get; set; }

    public int Ordinal { get; set; }

    public AssetKind Kind { get; set; }

    public required string Name { get; set; }

    public required string NameEn { get; set; }

    public string Model { get; set; } = "";

    public string ModelEn { get; set; } = "";

    public string? CompanyId { get; set; }

    public bool VariableSpeed { get; set; }

    /// <summary>m³/min.</summary>
    public double? Capacity { get; set; }
}
