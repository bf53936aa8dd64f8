namespace AirIsland.Cloud.Stations;

/// <summary>
/// The newest sample of one column: the tag's number in the catalogue, ms since 1970 UTC, the count (meaningless when the quality is Bad),
/// the quality code.
/// </summary>
[GenerateSerializer, Immutable]
public readonly record struct NewestSample(
    [property: Id(0)] uint Tag, [property: Id(1)] long At, [property: Id(2)] long Count, [property: Id(3)] byte Quality);
