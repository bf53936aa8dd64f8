namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>How a machine compresses: what decides its ideal work, its temperatures and the controls it can have.</summary>
public enum CompressorType
{
    /// <summary>Oil-injected rotary screw, one stage.</summary>
    OilInjectedScrew,

    /// <summary>Oil-injected rotary screw, two stages with oil-cooled air between them.</summary>
    OilInjectedTwoStageScrew,

    /// <summary>Oil-free rotary screw, two stages with an intercooler.</summary>
    OilFreeTwoStageScrew,

    /// <summary>Piston, one stage.</summary>
    ReciprocatingOneStage,

    /// <summary>Piston, two stages with an intercooler.</summary>
    ReciprocatingTwoStage,

    /// <summary>Turbo, three stages with intercoolers.</summary>
    Centrifugal,
}
