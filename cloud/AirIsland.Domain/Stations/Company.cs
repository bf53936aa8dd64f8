namespace AirIsland.Domain.Stations;

/// <summary>A company that takes air from a station. <see cref="Name"/> is the Chinese name, <see cref="NameEn"/> the English one.</summary>
public sealed record Company(CompanyId Id, StationId Station, string Name, string NameEn);
