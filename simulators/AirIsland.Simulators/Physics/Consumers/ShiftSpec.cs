namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>A shift of a company. It belongs to the day on which it begins. JSON-bindable.</summary>
public sealed record ShiftSpec
{
    /// <summary>Site hour at which it begins, 0 to below 24.</summary>
    public double FromHour { get; init; }

    /// <summary>Site hour at which it ends, 0 to 24; not later than <see cref="FromHour"/> means on the next day.</summary>
    public double ToHour { get; init; }

    /// <summary>The weekdays on which it begins. Empty: Monday to Friday.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>Begins on every day of the week, whatever <see cref="Days"/> says.</summary>
    public bool Daily { get; init; }
}
