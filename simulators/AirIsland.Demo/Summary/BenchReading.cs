using System.Globalization;
using AirIsland.Simulators.Physics;

namespace AirIsland.Demo.Summary;

/// <summary>
/// What stands on the devices' displays, by company, and what really happened up to then; or the difference of two such readings.
/// </summary>
internal sealed record BenchReading(PlantTruth Truth, IReadOnlyDictionary<string, decimal> Volumes, TimeSpan Ran)
{
    /// <summary>The volumes as text, to the meter's last digit.</summary>
    public IReadOnlyDictionary<string, string> Registers =>
        Volumes.ToDictionary(v => v.Key, v => v.Value.ToString(CultureInfo.InvariantCulture));

    public BenchReading Since(BenchReading earlier) => new(
        Truth.Since(earlier.Truth),
        Volumes.ToDictionary(v => v.Key, v => v.Value - earlier.Volumes[v.Key]),
        Truth.Instant - earlier.Truth.Instant);
}
