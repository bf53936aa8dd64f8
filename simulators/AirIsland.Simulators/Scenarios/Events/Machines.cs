using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Compressors;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>The compressors that events are about.</summary>
internal static class Machines
{
    /// <exception cref="ArgumentException">There is none of that id.</exception>
    public static Compressor Find(MeteredStation plant, string id, string name)
    {
        foreach (var compressor in plant.Station.Compressors)
            if (compressor.Spec.Id == id) return compressor;
        var known = string.Join(", ", plant.Station.Spec.Compressors.Select(c => c.Id));
        throw new ArgumentException($"{name}: there is no compressor '{id}'; there are {known}");
    }

    public static IEnumerable<(string Name, Func<double> Total)> Totals(Compressor compressor) =>
    [
        ("electricKWh", () => compressor.Totals.ElectricJ / 3.6e6),
        ("deliveredM3", () => compressor.Totals.DeliveredKg / DryAir.KgPerStandard20M3),
    ];
}
