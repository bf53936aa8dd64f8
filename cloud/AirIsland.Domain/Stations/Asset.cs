namespace AirIsland.Domain.Stations;

/// <summary>
/// One thing of a station. <see cref="Model"/> is the line a person reads under its name (rated power, volume, diameter).
/// <see cref="Company"/> is set for a customer distribution point.
/// </summary>
public sealed record Asset(string Id, AssetKind Kind, string Name, string NameEn, string Model, string ModelEn)
{
    public CompanyId? Company { get; init; }

    /// <summary>Whether a compressor's speed varies.</summary>
    public bool VariableSpeed { get; init; }

    /// <summary>What it can do at most: m³/min for compressors, dryers and distribution points. Null where unknown.</summary>
    public double? Capacity { get; init; }
}
