namespace AirIsland.Cloud.Export;

/// <summary>The tags of a station and the IANA zone of its clock.</summary>
public sealed record StationTags(string Station, string Zone, IReadOnlyList<ExportTag> Tags);
