namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// What the type of a machine decides. Thermal figures are per kW of rated power and chosen so that temperatures and the split of heat
/// fall in the usual bands: oil-injected 75 to 95 °C and 70 to 80 % of the heat in the oil, oil-free 150 to 190 °C.
/// </summary>
/// <param name="Stages">Stages of compression, for the ideal work with perfect intercooling.</param>
/// <param name="CooledStages">Stages between which the air itself is cooled; oil cools it in injected machines.</param>
/// <param name="FrictionShare">Share of rated shaft power that goes to the oil past the element: bearings and gears. Chosen.</param>
/// <param name="ElementToOil">Heat from element to oil or jacket, W/K per kW. Chosen.</param>
/// <param name="ElementMass">Heat capacity of the element, J/K per kW. Chosen.</param>
/// <param name="OilMass">Heat capacity of oil, sump and casing, J/K per kW. Chosen.</param>
/// <param name="UnloadedShare">0.20 to 0.35 oil-injected, about 0.2 oil-free and centrifugal, 0.1 to 0.2 pistons: general.</param>
/// <param name="AlarmCelsius">General.</param>
/// <param name="TripCelsius">General.</param>
internal sealed record MachineDefaults(
    int Stages,
    int CooledStages,
    double FrictionShare,
    double ElementToOil,
    double ElementMass,
    double OilMass,
    double UnloadedShare,
    double AlarmCelsius,
    double TripCelsius)
{
    private static readonly MachineDefaults InjectedScrew = new(1, 1, 0.05, 60, 1200, 5000, 0.25, 105, 110);
    private static readonly MachineDefaults InjectedTwoStage = InjectedScrew with { Stages = 2 };
    private static readonly MachineDefaults OilFree = new(2, 2, 0.10, 0.8, 1500, 3000, 0.20, 220, 235);
    private static readonly MachineDefaults PistonOne = new(1, 1, 0.08, 4, 1500, 3000, 0.15, 215, 230);
    private static readonly MachineDefaults PistonTwo = new(2, 2, 0.08, 4, 1500, 3000, 0.15, 180, 200);
    private static readonly MachineDefaults Turbo = new(3, 3, 0.05, 0.8, 1500, 3000, 0.20, 160, 180);

    public bool IsInjected => ElementToOil > 10;

    public static MachineDefaults Of(CompressorType type) => type switch
    {
        CompressorType.OilInjectedScrew => InjectedScrew,
        CompressorType.OilInjectedTwoStageScrew => InjectedTwoStage,
        CompressorType.OilFreeTwoStageScrew => OilFree,
        CompressorType.ReciprocatingOneStage => PistonOne,
        CompressorType.ReciprocatingTwoStage => PistonTwo,
        CompressorType.Centrifugal => Turbo,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such type"),
    };
}
