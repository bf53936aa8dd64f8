namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>Says where the description of a company contradicts itself.</summary>
internal static class ConsumerCheck
{
    /// <summary>Against which nothing flows, Pa absolute.</summary>
    public const double AtmospherePa = 101_325;

    public static void Throw(ConsumerSpec spec)
    {
        if (ProblemOf(spec) is { } problem) throw new ArgumentException($"{spec.Name}: {problem}", nameof(spec));
    }

    private static string? ProblemOf(ConsumerSpec spec)
    {
        if (spec.StarvingPa <= AtmospherePa) return "the starving pressure is above one atmosphere, Pa absolute";
        if (spec.ReferencePa < spec.StarvingPa) return "the reference pressure is not below the starving pressure";
        if (spec.MonthFactors.Count is not (0 or 12)) return "there are twelve month factors or none";
        if (spec.MonthFactors.Any(f => f < 0)) return "a month factor is not below 0";
        if (spec.GrowthPerYear <= -1) return "growth is above −1";
        if (spec.IdleM3PerMin < 0 || spec.YearlyM3 <= 0) return "flows and volumes are not below 0";
        if (spec.DayVariation is < 0 or > 0.3 || spec.MinuteVariation is < 0 or > 0.3) return "variations are 0 to 0.3";
        var shifts = spec.Shifts.Concat(spec.Machines.SelectMany(m => m.Shifts));
        return shifts.Select(ProblemOf).Concat(spec.Machines.Select(ProblemOf)).FirstOrDefault(p => p is not null);
    }

    private static string? ProblemOf(ShiftSpec shift) =>
        shift.FromHour is >= 0 and < 24 && shift.ToHour is >= 0 and <= 24 ? null : "a shift begins at 0 to below 24 and ends at 0 to 24";

    private static string? ProblemOf(MachineSpec machine)
    {
        if (machine.FlowM3PerMin < 0 || machine.Count < 0) return $"{machine.Name} has a flow and a count not below 0";
        if (machine.Duty is <= 0 or > 1) return $"{machine.Name} has a duty above 0 to 1";
        if (machine.Duty < 1 && machine.CycleSeconds < 2) return $"{machine.Name} has a cycle of at least 2 s";
        if (machine.IdleShare is < 0 or > 1 || machine.WarmUpShare is < 0 or > 1 || machine.Availability is < 0 or > 1)
            return $"{machine.Name} has shares and an availability of 0 to 1";
        return machine.SpreadMinutes < 0 || machine.WarmUpMinutes < 0 ? $"{machine.Name} has no negative times" : null;
    }
}
