namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// A test bench: one machine, an isothermal receiver and a constant demand, in the air of ratings. It runs until it has settled, then
/// over whole cycles, or a fixed time when it does not cycle.
/// </summary>
public static class PartLoadBench
{
    private const double SettleSeconds = 1800;
    private const double MeasureSeconds = 3600;
    private const double LongestSeconds = 3 * MeasureSeconds;

    /// <param name="spec">The machine.</param>
    /// <param name="receiverM3">Receiver and pipes.</param>
    /// <param name="demandShare">Demand over rated flow, 0 to 1.</param>
    /// <param name="seconds">Step.</param>
    public static PartLoadPoint Run(CompressorSpec spec, double receiverM3, double demandShare, double seconds = 0.5)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var around = Surroundings.Rated;
        var machine = new Compressor(spec);
        var pa = around.Pa + (spec.LoadBelowMPa - 0.001) * 1e6;
        var paPerKg = Surroundings.GasConstant * around.Kelvin / receiverM3;
        var demand = demandShare * spec.RatedKgPerSecond;
        CompressorTotals? begin = null;
        var (measured, paSeconds) = (0.0, 0.0);
        for (var t = 0.0; ; t += seconds)
        {
            var loads = machine.Loads;
            machine.Step(seconds, around, pa, CompressorCommand.Auto);
            pa = Math.Max(around.Pa, pa + (machine.FlowKgPerSecond - demand) * seconds * paPerKg);
            var isNewCycle = machine.Loads > loads;
            if (begin is { } first)
            {
                measured += seconds;
                paSeconds += pa * seconds;
                if (measured >= LongestSeconds || measured >= MeasureSeconds && isNewCycle)
                {
                    return Point(spec, first, machine.Totals, measured, paSeconds / measured - around.Pa);
                }
            }
            else if (t >= SettleSeconds && (isNewCycle || t >= SettleSeconds + MeasureSeconds))
            {
                begin = machine.Totals;
            }
        }
    }

    private static PartLoadPoint Point(
        CompressorSpec spec, in CompressorTotals begin, in CompressorTotals end, double seconds, double gaugePa)
    {
        var loads = end.Loads - begin.Loads;
        var kg = seconds * spec.RatedKgPerSecond;
        return new(
            (end.DeliveredKg - begin.DeliveredKg) / kg,
            (end.ElectricJ - begin.ElectricJ) / (seconds * spec.RatedPowerW),
            (end.VentedKg - begin.VentedKg) / kg,
            gaugePa * 1e-6,
            loads > 0 ? seconds / loads : 0);
    }
}
