namespace AirIsland.Fieldbus.Profiles;

/// <summary>What a point's values mean: a level at an instant, a meter's running total, a state code, or a text (no sample).</summary>
public enum PointKind
{
    Level = 1,
    Register = 2,
    State = 3,
    Text = 4,
}
