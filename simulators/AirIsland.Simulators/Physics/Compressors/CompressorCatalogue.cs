namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// One typical machine of each kind, rated at 0.7 MPa. Oil-injected screws match a grade of GB 19153-2019 (tables 1 and 2 for the
/// motor size, air or liquid cooled; variable speed by the weighted figure of 100, 70 and 40 % flow). The others are chosen so that their
/// efficiency against the ideal work of their stages is usual: oil-free screws 0.63 to 0.66 of perfectly intercooled, pistons 0.59 to
/// 0.69, turbo 0.70. Pistons fall into grades of table 3; the standard does not speak of the rest.
/// </summary>
public static class CompressorCatalogue
{
    private const CompressorType Screw = CompressorType.OilInjectedScrew;
    private const CompressorType TwoStage = CompressorType.OilInjectedTwoStageScrew;
    private const CompressorType OilFree = CompressorType.OilFreeTwoStageScrew;

    /// <summary>110 kW, air: grade 2 (6.2).</summary>
    public static CompressorSpec ScrewLoadUnload { get; } = Machine("screw-load-unload", Screw, CapacityControl.LoadUnload, 19.5, 6.2);

    /// <summary>75 kW, air: grade 3 (7.0).</summary>
    public static CompressorSpec ScrewModulation { get; } = Machine("screw-modulation", Screw, CapacityControl.Modulation, 11.8, 7.0);

    /// <summary>90 kW, air: grade 3 (6.9).</summary>
    public static CompressorSpec ScrewModulationUnloading { get; } =
        Machine("screw-modulation-unloading", Screw, CapacityControl.ModulationWithUnloading, 14.3, 6.9) with { UnloadAboveMPa = 0.76 };

    /// <summary>132 kW, air: grade 2 (6.2).</summary>
    public static CompressorSpec ScrewVariableDisplacement { get; } =
        Machine("screw-variable-displacement", Screw, CapacityControl.VariableDisplacement, 23.4, 6.2) with
        {
            UnloadAboveMPa = 0.76,
            UnloadPointShare = 0.5,
        };

    /// <summary>132 kW, air: weighted grade 1 (6.0).</summary>
    public static CompressorSpec ScrewVariableSpeed { get; } =
        Machine("screw-variable-speed", Screw, CapacityControl.VariableSpeed, 23.8, 6.05);

    /// <summary>250 kW, liquid: grade 1 (5.3).</summary>
    public static CompressorSpec TwoStageLoadUnload { get; } =
        Machine("two-stage-load-unload", TwoStage, CapacityControl.LoadUnload, 51.8, 5.3) with { IsWaterCooled = true };

    /// <summary>250 kW, liquid: weighted grade 1 (5.6).</summary>
    public static CompressorSpec TwoStageVariableSpeed { get; } =
        Machine("two-stage-variable-speed", TwoStage, CapacityControl.VariableSpeed, 49, 5.66) with { IsWaterCooled = true };

    /// <summary>160 kW class, water-cooled: outside the standard.</summary>
    public static CompressorSpec OilFreeLoadUnload { get; } =
        Machine("oil-free-load-unload", OilFree, CapacityControl.LoadUnload, 28, 6.2) with { IsWaterCooled = true };

    /// <summary>160 kW class, water-cooled: outside the standard.</summary>
    public static CompressorSpec OilFreeVariableSpeed { get; } =
        Machine("oil-free-variable-speed", OilFree, CapacityControl.VariableSpeed, 27, 6.4) with
        {
            IsWaterCooled = true,
            TurnDownShare = 0.4,
        };

    /// <summary>7.5 kW, air: within grade 2 (8.4).</summary>
    public static CompressorSpec PistonStartStop { get; } =
        Machine("piston-start-stop", CompressorType.ReciprocatingOneStage, CapacityControl.StartStop, 1.0, 8.0) with
        {
            LoadBelowMPa = 0.6,
            UnloadAboveMPa = 0.75,
            StartSeconds = 1,
            MotorEfficiency = 0.90,
            PowerFactor = 0.84,
        };

    /// <summary>75 kW, water-cooled, double-acting: within grade 1 (6.0).</summary>
    public static CompressorSpec PistonMultiStep { get; } =
        Machine("piston-multi-step", CompressorType.ReciprocatingTwoStage, CapacityControl.MultiStep, 13.3, 5.9) with
        {
            IsWaterCooled = true,
        };

    /// <summary>630 kW class, blow-off below the surge line.</summary>
    public static CompressorSpec TurboBlowOff { get; } =
        Machine("turbo-blow-off", CompressorType.Centrifugal, CapacityControl.GuideVanesWithBlowOff, 120, 5.5) with
        {
            IsWaterCooled = true,
            ReloadSeconds = 8,
            StartSeconds = 15,
            IdleSeconds = 1800,
        };

    /// <summary>The same machine that unloads instead.</summary>
    public static CompressorSpec TurboUnloading { get; } = TurboBlowOff with
    {
        Id = "turbo-unloading",
        Control = CapacityControl.GuideVanesWithUnloading,
    };

    public static IReadOnlyList<CompressorSpec> All { get; } =
    [
        ScrewLoadUnload, ScrewModulation, ScrewModulationUnloading, ScrewVariableDisplacement, ScrewVariableSpeed, TwoStageLoadUnload,
        TwoStageVariableSpeed, OilFreeLoadUnload, OilFreeVariableSpeed, PistonStartStop, PistonMultiStep, TurboBlowOff, TurboUnloading,
    ];

    private static CompressorSpec Machine(
        string id, CompressorType type, CapacityControl control, double flow, double specificPower) => new()
        {
            Id = id,
            Type = type,
            Control = control,
            RatedFlowM3PerMin = flow,
            RatedGaugeMPa = 0.7,
            SpecificPower = specificPower,
            LoadBelowMPa = 0.65,
            UnloadAboveMPa = 0.75,
            MotorEfficiency = flow > 25 ? 0.96 : 0.954,
        };
}
