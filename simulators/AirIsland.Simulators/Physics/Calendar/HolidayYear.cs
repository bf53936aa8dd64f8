namespace AirIsland.Simulators.Physics.Calendar;

/// <summary>The holidays of one year as data. Days are written month·100 + day: 1001 is the first of October.</summary>
public sealed record HolidayYear
{
    public required int Year { get; init; }

    /// <summary>Whether the state has announced it; false: assumed by the rules of the year before.</summary>
    public required bool Announced { get; init; }

    /// <summary>First and last day of each holiday.</summary>
    public required IReadOnlyList<HolidaySpan> Off { get; init; }

    /// <summary>The statutory days among them.</summary>
    public required IReadOnlyList<int> Statutory { get; init; }

    /// <summary>Weekend days on which the country works.</summary>
    public required IReadOnlyList<int> MakeUp { get; init; }
}
