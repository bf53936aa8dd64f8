namespace AirIsland.Domain.Stations;

/// <summary>Id of a company that takes air: <c>[a-z0-9-]{1,32}</c>.</summary>
public readonly record struct CompanyId(string Value)
{
    public override string ToString() => Value;
}
