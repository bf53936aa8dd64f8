namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>Says everything that is wrong with a spec at once.</summary>
internal static class SpecCheck
{
    public static void MustBeMachine(CompressorSpec spec)
    {
        var wrong = Wrongs(spec).ToList();
        if (wrong.Count > 0) throw new ArgumentException($"compressor '{spec.Id}': {string.Join("; ", wrong)}", nameof(spec));
    }

    private static IEnumerable<string> Wrongs(CompressorSpec spec)
    {
        if (string.IsNullOrWhiteSpace(spec.Id)) yield return "Id is missing";
        if (!Fits(spec.Type, spec.Control)) yield return $"{spec.Control} is no control of {spec.Type}";
        if (spec.RatedFlowM3PerMin is not (>= 0.1 and <= 2000)) yield return "RatedFlowM3PerMin is not within 0.1 to 2000";
        if (spec.RatedGaugeMPa is not (>= 0.2 and <= 1.6)) yield return "RatedGaugeMPa is not within 0.2 to 1.6";
        if (!(spec.SpecificPower > Least(spec))) yield return $"SpecificPower is not above the ideal {Least(spec):0.00} kW/(m³/min)";
        if (!(spec.SpecificPower <= 100)) yield return "SpecificPower is above 100 kW/(m³/min)";
        if (!(spec.LoadBelowMPa > 0 && spec.UnloadAboveMPa <= 2)) yield return "LoadBelowMPa and UnloadAboveMPa are not within 0 to 2";
        if (spec.TargetMPa is not (null or (> 0 and <= 2))) yield return "TargetMPa is not within 0 to 2";
        if (spec.MaximumMPa is not (null or (> 0 and <= 2))) yield return "MaximumMPa is not within 0 to 2";
        if (!(spec.LoadBelowMPa < spec.UnloadAboveMPa)) yield return "LoadBelowMPa is not below UnloadAboveMPa";
        if (spec.UnloadPointShare is not (>= 0.2 and <= 0.9)) yield return "UnloadPointShare is not within 0.2 to 0.9";
        if (spec.ModulatedShare is not (null or (>= 0.3 and <= 0.95))) yield return "ModulatedShare is not within 0.3 to 0.95";
        if (spec.UnloadedShare is not (null or (>= 0.05 and <= 0.5))) yield return "UnloadedShare is not within 0.05 to 0.5";
        if (spec.TurnDownShare is not (>= 0.15 and <= 0.9)) yield return "TurnDownShare is not within 0.15 to 0.9";
        if (spec.SurgeShare is not (>= 0.4 and <= 0.79)) yield return "SurgeShare is not within 0.4 to 0.79";
        if (spec.SurgePowerShare is not (>= 0.4 and <= 1)) yield return "SurgePowerShare is not within 0.4 to 1";
        if (spec.Steps is not (>= 2 and <= 10)) yield return "Steps is not within 2 to 10";
        if (spec.MotorEfficiency is not (>= 0.7 and <= 0.99)) yield return "MotorEfficiency is not within 0.7 to 0.99";
        if (spec.PowerFactor is not (>= 0.6 and <= 0.99)) yield return "PowerFactor is not within 0.6 to 0.99";
        if (!(spec.SumpMPa >= 0 && spec.SumpMPa < 0.5 * spec.RatedGaugeMPa)) yield return "SumpMPa is not within 0 and half the rated";
        if (!(spec.BlowDownSeconds > 0 && spec.ReloadSeconds > 0 && spec.StartSeconds > 0)) yield return "a time is not above 0";
        if (!(spec.IdleSeconds >= 0)) yield return "IdleSeconds is below 0";
        if (!(spec.ModulationRangeMPa > 0)) yield return "ModulationRangeMPa is not above 0";
    }

    private static double Least(CompressorSpec spec) =>
        IdealWork.Watts(1.0 / 60, 1e5, 1e5 + spec.RatedGaugeMPa * 1e6, MachineDefaults.Of(spec.Type).Stages) / 1e3;

    private static bool Fits(CompressorType type, CapacityControl control) => control switch
    {
        CapacityControl.LoadUnload or CapacityControl.StartStop or CapacityControl.VariableSpeed => type != CompressorType.Centrifugal,
        CapacityControl.Modulation or CapacityControl.ModulationWithUnloading or CapacityControl.VariableDisplacement =>
            MachineDefaults.Of(type).IsInjected,
        CapacityControl.MultiStep => type is CompressorType.ReciprocatingOneStage or CompressorType.ReciprocatingTwoStage,
        _ => type == CompressorType.Centrifugal,
    };
}
