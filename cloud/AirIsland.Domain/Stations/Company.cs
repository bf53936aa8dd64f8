namespace AirIsland.Domain.Stations;

/// <summary>A company that takes air from a station. <see cref="Name"/> is its Chinese name, <see cref="NameEn"/> its English.</summary>
public sealed record Company(CompanyId Id, StationId Station, string Name, string NameEn);
