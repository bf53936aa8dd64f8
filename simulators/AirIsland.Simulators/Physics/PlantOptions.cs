using System.ComponentModel.DataAnnotations;

namespace AirIsland.Simulators.Physics;

/// <summary>What tells one simulated plant from another. The same options give the same plant, to the last bit.</summary>
public sealed record PlantOptions
{
    /// <summary>Seed of demand, weather and meters. Any number; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The instant at which the plant begins.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>Site time minus UTC; shifts follow site time. Default +08:00, without summer time.</summary>
    public TimeSpan SiteOffset { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The day of the week without production, of site time; default none.</summary>
    public DayOfWeek? RestDay { get; init; }

    /// <summary>Diameter of the leak on Lifode's branch, mm, 0 to 20. Default 5: about 1.2 m³/min at 0.7 MPa.</summary>
    [Range(0.0, 20.0)]
    public double LeakDiameterMm { get; init; } = 5;

    /// <summary>Whether the leak is open at the start. Default true.</summary>
    public bool LeakOpen { get; init; } = true;
}
