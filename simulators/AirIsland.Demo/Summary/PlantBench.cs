using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;

namespace AirIsland.Demo.Summary;

/// <summary>A person with a notebook in front of the standing plant.</summary>
internal sealed class PlantBench(PlantRunner plant, DeviceBench devices, TimeProvider real)
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    public long Served => devices.ServedSamples;

    public BenchReading Read(IEnumerable<(string Company, string Device)> meters) => new(
        plant.Truth, meters.ToDictionary(m => m.Company, m => devices.Register(m.Device, "AccumulatedVolume")));

    /// <summary>Stops the meters that speak by themselves, and gives their last message the time to arrive.</summary>
    public async Task SilenceAsync()
    {
        await plant.StopAsync(CancellationToken.None);
        await Task.Delay(Settle, real);
    }
}
