namespace AirIsland.Domain.Stations;

/// <summary>Id of a station: <c>[a-z0-9-]{1,32}</c>, first segment of its tags.</summary>
public readonly record struct StationId(string Value)
{
    public override string ToString() => Value;
}
