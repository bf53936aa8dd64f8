using System.Globalization;
using AirIsland.Quantities;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Stations;

namespace AirIsland.Demo.Summary;

/// <summary>
/// What stands on the devices' displays, by company, and what really happened up to then; or the difference of two such readings.
/// </summary>
internal sealed record BenchReading(StationTruth Truth, IReadOnlyDictionary<string, decimal> Volumes)
{
    private const double JoulesPerKWh = 3.6e6;

    /// <summary>The volumes as text, to the meter's last digit.</summary>
    public IReadOnlyDictionary<string, string> Registers =>
        Volumes.ToDictionary(v => v.Key, v => v.Value.ToString(CultureInfo.InvariantCulture));

    public BenchReading Since(BenchReading earlier) =>
        new(Truth.Since(earlier.Truth), Volumes.ToDictionary(v => v.Key, v => v.Value - earlier.Volumes[v.Key]));

    /// <summary>All electricity of the station over the air through the companies' meters.</summary>
    public double KWhPerM3(ReferenceState state) => Truth.ElectricJ / JoulesPerKWh / (Truth.MeteredKg / KgPerM3(state));

    /// <summary>Out of the holes behind the companies' meters: what the cloud can see. The mean, pauses included.</summary>
    public double LeakM3PerMin(ReferenceState state) => Truth.Branches.Sum(b => b.LeakedKg) / KgPerM3(state) / (Truth.Seconds / 60);

    private static double KgPerM3(ReferenceState state) => DryAir.Density(state.Pascals, state.Centikelvin / 100.0);
}
