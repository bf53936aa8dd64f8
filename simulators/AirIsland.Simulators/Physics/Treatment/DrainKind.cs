namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What opens a condensate drain.</summary>
public enum DrainKind
{
    /// <summary>A clock: opens for some seconds each period and blows air once the water is out.</summary>
    Timed,

    /// <summary>The water's own level: loses no air.</summary>
    Level,
}
