namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>A condensate drain.</summary>
/// <param name="Kind">What opens it.</param>
/// <param name="OrificeM">Diameter of its seat.</param>
/// <param name="BowlKg">Water it holds before water goes on with the air.</param>
/// <param name="OpenSeconds">Timed: how long it opens.</param>
/// <param name="PeriodSeconds">Timed: from opening to opening.</param>
public sealed record DrainRating(DrainKind Kind, double OrificeM, double BowlKg, double OpenSeconds, double PeriodSeconds)
{
    /// <summary>4 mm, 5 s every 10 min. Chosen: the usual setting nobody changes.</summary>
    public static readonly DrainRating Timed = new(DrainKind.Timed, 0.004, 10, 5, 600);

    /// <summary>4 mm, one litre of room (chosen).</summary>
    public static readonly DrainRating Level = new(DrainKind.Level, 0.004, 1, 0, 0);
}
