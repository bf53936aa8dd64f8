namespace AirIsland.Domain.Metering;

/// <summary>What a tag's samples mean: a level at an instant, a meter's running total, or a state code.</summary>
public enum TagKind
{
    Level = 1,
    Register = 2,
    State = 3,
}
