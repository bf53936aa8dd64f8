namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>Which public holidays a company keeps.</summary>
public enum HolidayPolicy
{
    /// <summary>None: the weekday alone decides.</summary>
    None,

    /// <summary>The statutory days only, no bridge days and no make-up days: usual where shifts run six days a week.</summary>
    Statutory,

    /// <summary>As the yearly notice says: bridge days are free, and a make-up day is worked as a Monday.</summary>
    AsNoticed,
}
