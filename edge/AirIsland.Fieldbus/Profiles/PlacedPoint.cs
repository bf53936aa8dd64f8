namespace AirIsland.Fieldbus.Profiles;

/// <summary>A point as read from a file: where it stands in it, and which of its fields are sound.</summary>
internal sealed record PlacedPoint(string Place, ProfilePoint Point, FieldReader Fields)
{
    /// <summary>Whether it is known which registers it takes.</summary>
    public bool IsPlaced => Fields.Sound("table", "address", "type", "length", "bit", "bits", "byte", "order");
}
