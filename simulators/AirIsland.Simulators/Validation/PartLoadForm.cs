using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Validation;

/// <summary>Power at part load in closed form by the control of a machine. Source: MEASUR, AIRMaster+ lineage.</summary>
public static class PartLoadForm
{
    /// <summary>Power with a closed inlet that never unloads: typical.</summary>
    private const double ClosedInlet = 0.7;

    /// <summary>A variable speed above its turn-down: 0.15 + 0.85·x.</summary>
    private const double SpeedOffset = 0.15;

    /// <summary>Where a turbo's controller begins to blow off or unload, over its surge line.</summary>
    private const double Guard = 1.03;

    /// <summary>Power over rated power at a flow over rated flow; null where the published forms say nothing.</summary>
    public static double? PowerShare(CompressorSpec machine, double receiverMinutes, double x)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var unloaded = machine.UnloadedShare ?? MachineDefaults.Of(machine.Type).UnloadedShare;
        return machine.Control switch
        {
            CapacityControl.Modulation => ClosedInlet + (1 - ClosedInlet) * x,
            CapacityControl.GuideVanesWithBlowOff => Vanes(machine, Math.Max(x, machine.SurgeShare * Guard)),
            // Without demand all others stop by themselves.
            _ when x <= 0 => 0,
            CapacityControl.StartStop => x,
            CapacityControl.MultiStep => unloaded + (1 - unloaded) * x,
            CapacityControl.LoadUnload when machine.Type == CompressorType.OilFreeTwoStageScrew => unloaded + (1 - unloaded) * x,
            CapacityControl.LoadUnload when x >= 1 => 1,
            CapacityControl.LoadUnload =>
                LoadUnloadCycle.PowerShare(machine, receiverMinutes, x, unloaded, machine.ModulatedShare ?? ClosedInlet),
            CapacityControl.ModulationWithUnloading when x >= machine.UnloadPointShare => ClosedInlet + (1 - ClosedInlet) * x,
            CapacityControl.VariableDisplacement when x >= machine.UnloadPointShare => ClosedInlet + (1 - ClosedInlet) * x * x,
            CapacityControl.VariableSpeed when x >= machine.TurnDownShare => SpeedOffset + (1 - SpeedOffset) * x,
            CapacityControl.GuideVanesWithUnloading when x >= machine.SurgeShare * Guard => Vanes(machine, x),
            CapacityControl.GuideVanesWithUnloading => Unloading(machine, unloaded, x),
            _ => null,
        };
    }

    private static double Vanes(CompressorSpec machine, double x) =>
        1 - (1 - machine.SurgePowerShare) / (1 - machine.SurgeShare) * (1 - x);

    private static double Unloading(CompressorSpec machine, double unloaded, double x)
    {
        var least = machine.SurgeShare * Guard;
        return unloaded + (Vanes(machine, least) - unloaded) * x / least;
    }
}
