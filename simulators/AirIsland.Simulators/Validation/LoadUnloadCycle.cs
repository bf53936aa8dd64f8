using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Validation;

/// <summary>
/// The mean power of an oil-injected machine that loads and unloads on a receiver, in closed form: drift down with blow-down, reload,
/// pump up. Valves take no time and the sump takes no air. Source: MEASUR, AIRMaster+ lineage.
/// </summary>
public static class LoadUnloadCycle
{
    private const double AtmosphereMPa = 0.1;

    /// <summary>Decay of power once the inlet begins to close, s to 2 %.</summary>
    private const double StopSeconds = 2;

    /// <summary>½ % of power for each psi: all of it in 200 psi.</summary>
    private const double PowerPerMPa = 1 / 1.37895;

    private static readonly double Ln50 = Math.Log(50);

    /// <summary>Power over rated power.</summary>
    /// <param name="machine">In the published form its band begins at the rated pressure; another one moves the power by its head.</param>
    /// <param name="receiverMinutes">m³ for each m³/min of rated flow.</param>
    /// <param name="demand">Demand over rated flow, above 0 and below 1.</param>
    /// <param name="unloaded">Unloaded power over rated power.</param>
    /// <param name="closedShare">Power with a closed inlet and full sump over full power at that pressure.</param>
    public static double PowerShare(
        CompressorSpec machine, double receiverMinutes, double demand, double unloaded, double closedShare)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var storage = 60 * receiverMinutes;
        var (low, high, sump) = (machine.LoadBelowMPa, machine.UnloadAboveMPa, machine.SumpMPa);
        var rated = ClosedForms.IdealSpecificPower(machine.RatedGaugeMPa, 1);
        var (bottom, top) = (ClosedForms.IdealSpecificPower(low, 1) / rated, ClosedForms.IdealSpecificPower(high, 1) / rated);
        var (tauBlow, tauStop) = (machine.BlowDownSeconds / Ln50, StopSeconds / Ln50);

        var drift = storage * (high - low) / (demand * AtmosphereMPa);
        var blow = Math.Min(machine.BlowDownSeconds, drift);
        var closed = closedShare * top;
        var first = (top - closed) * Math.Exp(-blow / tauStop) + closed;
        var decayed = Math.Exp(-blow / tauBlow);
        var blowPower = unloaded + (first - unloaded) * (1 - decayed) * tauBlow / blow;

        var pressure = sump + (high - sump) * decayed;
        var reload = machine.ReloadSeconds * (high - pressure) / (high - 0.02 * (high - sump));
        var lowest = blow >= machine.BlowDownSeconds ? unloaded : unloaded + (first - unloaded) * decayed;
        var reloadPower = (lowest + bottom) / 2;

        var sagMPa = reload * AtmosphereMPa * demand / storage;
        var pump = storage * (high - low + sagMPa) / (AtmosphereMPa * (1 - demand));
        var pumpPower = ((1 - sagMPa * PowerPerMPa) * bottom + top) / 2;
        return (blow * blowPower + (drift - blow) * unloaded + reload * reloadPower + pump * pumpPower) / (drift + reload + pump);
    }
}
