namespace AirIsland.Simulators.Physics.Calendar;

/// <summary>What the state says about a day beyond its weekday.</summary>
public enum DayKind : byte
{
    /// <summary>Nothing: the weekday decides.</summary>
    Ordinary,

    /// <summary>A statutory holiday (法定节假日), or the working day given for one that fell on a Sunday.</summary>
    Statutory,

    /// <summary>Free by the yearly notice without being statutory: a weekend, or a day that a make-up day pays for.</summary>
    Bridge,

    /// <summary>A Saturday or Sunday on which the country works (调休上班).</summary>
    MakeUp,
}
