using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Stations;

/// <summary>Says everything at once that is wrong with a station's spec; machines and companies check what is their own.</summary>
internal static class StationCheck
{
    private const int MostMachines = 100;
    private const int MostCompanies = 1000;
    private const int MostDryers = 20;
    private const double LargestM3 = 10_000;
    private const int FirstYear = 1990, LastYear = 2100;

    /// <summary>
    /// Least receiver, m³ for each m³/min of all machines. Chosen: a tenth of a small one; what treatment draws for some seconds must not
    /// empty it.
    /// </summary>
    private const double LeastMinutes = 0.01;

    private const double LeastM3 = 0.1;

    public static void MustFit(StationSpec spec)
    {
        // A sum over machines that are none would say nothing.
        foreach (var machine in spec.Compressors) SpecCheck.MustBeMachine(machine);
        var wrong = Wrongs(spec).ToList();
        if (wrong.Count > 0) throw new ArgumentException($"station: {string.Join("; ", wrong)}");
    }

    private static IEnumerable<string> Wrongs(StationSpec spec) =>
    [
        .. WrongParts(spec),
        .. spec.HeatRecovery is { } recovery ? Wrongs(recovery) : [],
        .. spec.Mains.SelectMany(Wrongs),
        .. spec.Branches.SelectMany(Wrongs),
        .. spec.Leaks.SelectMany(Wrongs),
    ];

    private static IEnumerable<string> WrongParts(StationSpec spec)
    {
        if (spec.Start.Year is < FirstYear or > LastYear) yield return $"it begins in {spec.Start.Year}, not in {FirstYear} to {LastYear}";
        if (spec.Compressors.Count is < 1 or > MostMachines)
            yield return $"it has {spec.Compressors.Count} machines, not 1 to {MostMachines}";
        if (spec.Branches.Count > MostCompanies) yield return $"it has more than {MostCompanies} companies";
        if (spec.RoomRiseKelvin is not (>= -20 and <= 40)) yield return "RoomRiseKelvin is not within -20 to 40";
        if (spec.Treatment.FlowM3PerMin is not (null or (>= 0.1 and <= 100_000))) yield return "FlowM3PerMin is not within 0.1 to 100000";
        if (spec.Treatment.Count is < 1 or > MostDryers) yield return $"it has {spec.Treatment.Count} dryers, not 1 to {MostDryers}";
        if (!Enum.IsDefined(spec.Treatment.Dryer) || !Enum.IsDefined(spec.Treatment.Drain)) yield return "there is no such dryer or drain";
        var least = Math.Max(LeastM3, LeastMinutes * spec.Compressors.Sum(c => c.RatedFlowM3PerMin));
        foreach (var (name, m3) in ((string, double)[])
            [(nameof(spec.WetReceiverM3), spec.WetReceiverM3), (nameof(spec.DryReceiverM3), spec.DryReceiverM3)])
        {
            if (!(m3 >= least && m3 <= LargestM3)) yield return $"{name} is not within {least:0.##} to {LargestM3} for these machines";
        }
        string[] names =
        [
            .. Station.PlaceNames, .. spec.Compressors.Select(c => c.Id), .. spec.Branches.Select(b => b.Consumer.Name),
        ];
        foreach (var same in names.GroupBy(n => n).Where(g => g.Count() > 1)) yield return $"two things are called '{same.Key}'";
    }

    private static IEnumerable<string> Wrongs(HeatRecoverySpec recovery)
    {
        if (recovery.CapacityKW is not (> 0 and <= 100_000)) yield return "CapacityKW is not above 0 and at most 100000";
        if (recovery.DemandKW is not (>= 0 and <= 100_000)) yield return "DemandKW is not within 0 to 100000";
        if (recovery.PumpKW is not (null or (>= 0 and <= 1000))) yield return "PumpKW is not within 0 to 1000";
        if (!(recovery.ReturnCelsius >= 0 && recovery.ReturnCelsius + 1 <= recovery.SupplyCelsius && recovery.SupplyCelsius <= 95))
            yield return "ReturnCelsius and SupplyCelsius are not within 0 to 95, a degree apart";
    }

    private static IEnumerable<string> Wrongs(MainSpec main)
    {
        if (string.IsNullOrWhiteSpace(main.From) || string.IsNullOrWhiteSpace(main.To)) yield return "a main has no name at an end";
        if (main.From == main.To) yield return $"a main begins and ends at '{main.To}'";
        if (main.LengthM is not (>= 1 and <= 10_000)) yield return $"main to '{main.To}': LengthM is not within 1 to 10000";
        if (main.DiameterMm is not (>= 15 and <= 1000)) yield return $"main to '{main.To}': DiameterMm is not within 15 to 1000";
    }

    private static IEnumerable<string> Wrongs(BranchSpec branch)
    {
        var name = branch.Consumer.Name;
        if (branch.LengthM is not (>= 1 and <= 10_000)) yield return $"{name}: LengthM is not within 1 to 10000";
        if (branch.DiameterMm is not (>= 15 and <= 500)) yield return $"{name}: DiameterMm is not within 15 to 500";
        if (branch.VolumeM3 is not (>= 0.01 and <= LargestM3)) yield return $"{name}: VolumeM3 is not within 0.01 to {LargestM3}";
        if (branch.RegulatedMPa is not (null or (>= 0.05 and <= 1.6))) yield return $"{name}: RegulatedMPa is not within 0.05 to 1.6";
    }

    private static IEnumerable<string> Wrongs(LeakSpec leak)
    {
        if (string.IsNullOrWhiteSpace(leak.Id)) yield return "a leak has no id";
        if (leak.DiameterMm is not (>= 0 and <= LeakSpec.WidestMm))
            yield return $"leak '{leak.Id}': DiameterMm is not within 0 to {LeakSpec.WidestMm}";
    }
}
