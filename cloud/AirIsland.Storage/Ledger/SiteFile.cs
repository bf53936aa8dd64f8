using System.Collections.Immutable;

namespace AirIsland.Storage.Ledger;

/// <summary>A site as a file a person writes: stations, their assets, companies, contracts. Read by <see cref="SiteImport"/>.</summary>
public sealed record SiteFile(ImmutableArray<SiteFile.StationEntry> Stations)
{
    /// <summary>A station. <see cref="EnergyTags"/> are the registers that make up its electricity.</summary>
    public sealed record StationEntry(
        string Id, string Name, string NameEn, string Zone, double HeaderPressureLow, double HeaderPressureHigh,
        ImmutableArray<string> EnergyTags, ImmutableArray<AssetEntry> Assets, ImmutableArray<CompanyEntry> Companies);

    /// <summary>An asset, in the order in which air passes them.</summary>
    public sealed record AssetEntry(
        string Id, string Kind, string Name, string NameEn, string Model = "", string ModelEn = "", string? Company = null,
        bool VariableSpeed = false, double? Capacity = null);

    /// <summary>A company with its contract versions and idle hours.</summary>
    public sealed record CompanyEntry(
        string Id, string Name, string NameEn, string VolumeTag, string FlowTag,
        ImmutableArray<ContractEntry> Contract, ImmutableArray<IdleEntry> Idle);

    /// <summary>A contract version; <see cref="ValidFrom"/> is a local date of the station, its price starts at that midnight.</summary>
    public sealed record ContractEntry(string Id, int Version, string ValidFrom, decimal PriceCnyPerM3, string ReferenceState);

    /// <summary>Idle hours on the station's clock, <c>HH:mm</c>; may cross midnight.</summary>
    public sealed record IdleEntry(string From, string To);
}
