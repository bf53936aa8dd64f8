namespace AirIsland.Simulators.Clock;

/// <summary>Somebody who acts at instants of the plant, such as a meter that speaks every second.</summary>
public interface IPlantFollower
{
    /// <summary>The plant has reached an instant. Called under its lock, in order: be quick and do not wait.</summary>
    void Follow(DateTimeOffset instant);
}
