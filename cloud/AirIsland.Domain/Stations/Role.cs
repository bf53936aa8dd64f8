namespace AirIsland.Domain.Stations;

/// <summary>What an actor is to the product; decides what a query shows.</summary>
public enum Role
{
    Operator,
    Enterprise,
    Auditor,
    Administrator,
    ParkViewer,
}
