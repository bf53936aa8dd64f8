namespace AirIsland.Domain.Metering;

/// <summary>
/// How a register got from one read to the next. Only <see cref="Forward"/> and <see cref="Rollover"/> count without a person;
/// <see cref="Conflict"/> is two reads of one instant that say different things.
/// </summary>
public enum RegisterStep
{
    Forward,
    Rollover,
    Backwards,
    Conflict,
}
