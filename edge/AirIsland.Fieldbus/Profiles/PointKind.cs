namespace AirIsland.Fieldbus.Profiles;

/// <summary>What a point's values mean: a level at an instant, a meter's running total, or a state code.</summary>
public enum PointKind
{
    Level = 1,
    Register = 2,
    State = 3,
}
