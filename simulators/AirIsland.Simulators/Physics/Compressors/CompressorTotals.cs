namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// Running totals of a machine since it was made: J, kg of dry air, s, counts. Electric = the sum of all heats and the stored.
/// </summary>
public readonly record struct CompressorTotals
{
    public double ElectricJ { get; init; }

    public double ReactiveVarSeconds { get; init; }

    public double IntakeKg { get; init; }

    public double DeliveredKg { get; init; }

    public double VentedKg { get; init; }

    /// <summary>Change of the air held in the sump.</summary>
    public double HeldKg { get; init; }

    public double OilCoolerJ { get; init; }

    public double IntercoolerJ { get; init; }

    public double AftercoolerJ { get; init; }

    public double MotorJ { get; init; }

    public double ConverterJ { get; init; }

    public double AuxiliaryJ { get; init; }

    public double RadiationJ { get; init; }

    public double DeliveredAirJ { get; init; }

    public double VentedAirJ { get; init; }

    /// <summary>Heat held now above the first temperatures, from the temperatures themselves.</summary>
    public double StoredJ { get; init; }

    public double RunningSeconds { get; init; }

    public double LoadedSeconds { get; init; }

    public long Starts { get; init; }

    /// <summary>How often it went on load.</summary>
    public long Loads { get; init; }

    /// <summary>Electric less everything it went to: 0 but for rounding.</summary>
    public double EnergyResidualJ => ElectricJ - OilCoolerJ - IntercoolerJ - AftercoolerJ - MotorJ - ConverterJ - AuxiliaryJ
        - RadiationJ - DeliveredAirJ - VentedAirJ - StoredJ;

    /// <summary>Taken in less delivered, vented and held: 0 but for rounding.</summary>
    public double AirResidualKg => IntakeKg - DeliveredKg - VentedKg - HeldKg;
}
