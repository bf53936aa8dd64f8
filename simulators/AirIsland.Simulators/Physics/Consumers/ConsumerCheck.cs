namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>Says where the description of a company contradicts itself.</summary>
internal static class ConsumerCheck
{
    /// <summary>Against which nothing flows, Pa absolute.</summary>
    public const double AtmospherePa = 101_325;

    private const double HighestPa = 2_101_325;
    private const double MostM3PerMin = 10_000;
    private const double MostTimes = 100;
    private const int MostMachines = 1000;
    private const int MinutesOfDay = 1440;
    private const int MinutesOfYear = 365 * MinutesOfDay;

    public static void Throw(ConsumerSpec spec)
    {
        if (ProblemOf(spec) is { } problem) throw new ArgumentException($"{spec.Name}: {problem}", nameof(spec));
    }

    private static string? ProblemOf(ConsumerSpec spec)
    {
        if (string.IsNullOrWhiteSpace(spec.Name)) return "a company has a name";
        if (!(spec.ReferencePa <= HighestPa)) return "the reference pressure is not above 2 MPa";
        if (!(spec.StarvingPa > AtmospherePa)) return "the starving pressure is above one atmosphere, Pa absolute";
        if (spec.ReferencePa < spec.StarvingPa) return "the reference pressure is not below the starving pressure";
        if (spec.MonthFactors.Count is not (0 or 12)) return "there are twelve month factors or none";
        if (spec.MonthFactors.Any(f => f is < 0 or > MostTimes)) return $"a month factor is 0 to {MostTimes}";
        if (spec.GrowthPerYear is <= -1 or > MostTimes) return $"growth is above −1 and at most {MostTimes}";
        if (spec.IdleM3PerMin is < 0 or > MostM3PerMin || spec.YearlyM3 is <= 0 or > MostM3PerMin * MinutesOfYear)
            return $"flows and volumes are not below 0, and at most {MostM3PerMin} m³/min";
        if (spec.DayVariation is < 0 or > 0.3 || spec.MinuteVariation is < 0 or > 0.3) return "variations are 0 to 0.3";
        var shifts = spec.Shifts.Concat(spec.Machines.SelectMany(m => m.Shifts));
        return shifts.Select(ProblemOf).Concat(spec.Machines.Select(ProblemOf)).FirstOrDefault(p => p is not null);
    }

    private static string? ProblemOf(ShiftSpec shift) =>
        shift.FromHour is >= 0 and < 24 && shift.ToHour is >= 0 and <= 24 ? null : "a shift begins at 0 to below 24 and ends at 0 to 24";

    private static string? ProblemOf(MachineSpec machine)
    {
        if (machine.FlowM3PerMin is < 0 or > MostM3PerMin || machine.Count is < 0 or > MostMachines)
            return $"{machine.Name} has a flow of 0 to {MostM3PerMin} m³/min and a count of 0 to {MostMachines}";
        if (machine.Duty is <= 0 or > 1) return $"{machine.Name} has a duty above 0 to 1";
        if (machine.Duty < 1 && machine.CycleSeconds is < 2 or > MinutesOfDay * 60) return $"{machine.Name} has a cycle of 2 s to a day";
        if (machine.IdleShare is < 0 or > 1 || machine.WarmUpShare is < 0 or > 1 || machine.Availability is < 0 or > 1)
            return $"{machine.Name} has shares and an availability of 0 to 1";
        return machine.SpreadMinutes is < 0 or > MinutesOfDay || machine.WarmUpMinutes is < 0 or > MinutesOfDay
            ? $"{machine.Name} has times of 0 to a day"
            : null;
    }
}
