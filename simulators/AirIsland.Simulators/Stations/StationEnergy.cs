namespace AirIsland.Simulators.Stations;

/// <summary>
/// Where all electricity of a station went since it began, J. An ideal gas holds no energy by its pressure: all that compression costs
/// becomes heat, and what the air carries on is its warmth. <see cref="AirWorkJ"/> is no part of the sum: it is what the delivered air
/// could do again, the least work of compressing it at the room's temperature.
/// </summary>
public sealed record StationEnergy
{
    /// <summary>As the station's meter would see it, summed step by step.</summary>
    public required double ElectricJ { get; init; }

    /// <summary>Given to the user of recovered heat.</summary>
    public required double RecoveredJ { get; init; }

    /// <summary>Given to the cooling water, the last seconds on the way to it included.</summary>
    public required double CoolingWaterJ { get; init; }

    /// <summary>From coolers to the air.</summary>
    public required double AirCoolersJ { get; init; }

    /// <summary>Losses of motors and converters.</summary>
    public required double DrivesJ { get; init; }

    /// <summary>Fans, pumps, controls and dryer.</summary>
    public required double AuxiliariesJ { get; init; }

    /// <summary>From elements and sumps to the room.</summary>
    public required double RadiationJ { get; init; }

    /// <summary>Warmth of the air delivered, blown off and vented.</summary>
    public required double AirJ { get; init; }

    /// <summary>Warmth that the machines hold.</summary>
    public required double StoredJ { get; init; }

    public required double AirWorkJ { get; init; }

    /// <summary>Electric less everything it went to: 0 but for rounding.</summary>
    public double ResidualJ => ElectricJ - RecoveredJ - CoolingWaterJ - AirCoolersJ - DrivesJ - AuxiliariesJ - RadiationJ - AirJ - StoredJ;
}
