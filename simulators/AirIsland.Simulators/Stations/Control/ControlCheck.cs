using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Stations.Control;

/// <summary>Says what is wrong with a controller's spec, all at once, and with what is set later.</summary>
internal static class ControlCheck
{
    public static void MustFit(StationControlSpec spec, IReadOnlyList<CompressorSpec> machines)
    {
        var wrong = Wrongs(spec, machines).ToList();
        if (wrong.Count > 0) throw new ArgumentException($"station controller: {string.Join("; ", wrong)}", nameof(spec));
    }

    /// <summary>Null, or why these settings cannot be taken.</summary>
    public static string? WrongWith(in ControlSettings settings, double minimumMPa, double highestMPa)
    {
        if (!Enum.IsDefined(settings.Mode)) return $"there is no mode {(int)settings.Mode}";
        if (settings.VarianceMPa is not (>= 0.002 and <= 0.1)) return "VarianceMPa is not within 0.002 to 0.1";
        if (!(settings.TargetMPa - settings.VarianceMPa > minimumMPa)) return $"the target's band is not above MinimumMPa, {minimumMPa}";
        if (!(settings.TargetMPa + settings.VarianceMPa < highestMPa))
            return $"the target's band is not below the lowest maximum of the machines, {highestMPa:0.###}";
        return null;
    }

    /// <summary>Null, or why these settings cannot be taken.</summary>
    public static string? WrongWith(in MachineSettings settings, CompressorSpec machine)
    {
        if (settings.Rank is not (>= 1 and <= MachineSettings.LastRank)) return $"Rank is not within 1 to {MachineSettings.LastRank}";
        if (!Enum.IsDefined(settings.RemoteDuty)) return $"there is no remote duty {(int)settings.RemoteDuty}";
        if (settings.RemoteShare is not (>= 0 and <= 1)) return "RemoteShare is not within 0 to 1";
        if (settings.RemoteTargetMPa != 0 && !(settings.RemoteTargetMPa > 0 && settings.RemoteTargetMPa < machine.HighestMPa))
            return $"RemoteTargetMPa is not within 0 and the machine's maximum, {machine.HighestMPa:0.###}";
        if (settings is { RemoteDuty: RemoteDuty.Target, RemoteTargetMPa: 0 }) return "RemoteTargetMPa is missing";
        return WrongBand(settings, machine);
    }

    private static string? WrongBand(in MachineSettings settings, CompressorSpec machine)
    {
        var load = settings.LoadBelowMPa ?? machine.LoadBelowMPa;
        var unload = settings.UnloadAboveMPa ?? machine.UnloadAboveMPa;
        if (!(load > 0 && load < unload)) return "LoadBelowMPa is not within 0 and UnloadAboveMPa";
        if (!(unload <= machine.HighestMPa)) return $"UnloadAboveMPa is above the machine's maximum, {machine.HighestMPa:0.###}";
        if (settings.TargetMPa is { } target && !(target > 0 && target <= unload)) return "TargetMPa is not within 0 and UnloadAboveMPa";
        return null;
    }

    private static IEnumerable<string> Wrongs(StationControlSpec spec, IReadOnlyList<CompressorSpec> machines)
    {
        if (machines.Count == 0)
        {
            yield return "there is no machine";
            yield break;
        }
        var highest = machines.Min(m => m.HighestMPa);
        if (!Enum.IsDefined(spec.FallbackMode) || spec.FallbackMode == StationControlMode.Remote)
            yield return "FallbackMode is not Local, Cascade or Target";
        if (!Enum.IsDefined(spec.Order)) yield return "Order is not Given or LeastHours";
        if (!(spec.MinimumMPa > 0)) yield return "MinimumMPa is not above 0";
        if (WrongWith(new ControlSettings(spec.Mode, spec.TargetMPa, spec.VarianceMPa), spec.MinimumMPa, highest) is { } wrong)
            yield return wrong;
        if (spec.WatchdogSeconds is not (>= 1 and <= 3600)) yield return "WatchdogSeconds is not within 1 to 3600";
        if (spec.RedealSeconds is not (>= 60 and <= 30 * 86_400)) yield return "RedealSeconds is not within 60 and 30 days";
        if (spec.StartDelaySeconds is not (>= 0 and <= 600)) yield return "StartDelaySeconds is not within 0 to 600";
        if (spec.StopDelaySeconds is not (>= 0 and <= 3600)) yield return "StopDelaySeconds is not within 0 to 3600";
        if (spec.IdleSeconds is not (null or >= 0)) yield return "IdleSeconds is below 0";
        if (spec.CascadeBandMPa is not (>= 0.01 and <= 0.3)) yield return "CascadeBandMPa is not within 0.01 to 0.3";
        if (spec.CascadeStepMPa is not (>= 0 and <= 0.1)) yield return "CascadeStepMPa is not within 0 to 0.1";
        if (!(spec.CascadeLoadMPa - (machines.Count - 1) * spec.CascadeStepMPa > spec.MinimumMPa))
            yield return "the cascade's last load point is not above MinimumMPa";
        if (!(spec.CascadeLoadMPa + spec.CascadeBandMPa <= highest))
            yield return $"the cascade's first unload point is above the lowest maximum of the machines, {highest:0.###}";
        if (spec.Sequence is { } ids && !ids.Order().SequenceEqual(machines.Select(m => m.Id).Order()))
            yield return "Sequence does not name every machine once";
    }
}
