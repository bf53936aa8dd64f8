namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// Where the electrical power of a step went, W, mean of the step. The sum of all parts is the power. Heat of condensing water is left
/// out on both sides: air counts as dry.
/// </summary>
public readonly record struct CompressorHeat
{
    /// <summary>To the oil cooler, or jacket and gear oil where nothing is injected: what a heat recovery can take.</summary>
    public double OilCoolerW { get; init; }

    public double IntercoolerW { get; init; }

    public double AftercoolerW { get; init; }

    public double MotorW { get; init; }

    public double ConverterW { get; init; }

    /// <summary>Fans, pumps and controls.</summary>
    public double AuxiliaryW { get; init; }

    /// <summary>From element and sump to the room.</summary>
    public double RadiationW { get; init; }

    /// <summary>Delivered air above the temperature of the intake.</summary>
    public double DeliveredAirW { get; init; }

    /// <summary>Blown-off and vented air above the temperature of the intake.</summary>
    public double VentedAirW { get; init; }

    /// <summary>Warming of element, oil and sump; negative while they cool.</summary>
    public double StoredW { get; init; }

    public double SumW => OilCoolerW + IntercoolerW + AftercoolerW + MotorW + ConverterW + AuxiliaryW + RadiationW
        + DeliveredAirW + VentedAirW + StoredW;
}
