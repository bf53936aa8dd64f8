using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Physics;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Simulators.Tests.Devices;

public sealed class RegisterMemoryTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(8));

    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-memory-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Registers_go_on_after_a_restart_to_the_last_fraction()
    {
        var first = new MeteredPlant(new PlantOptions { Start = Start });
        using (var memory = new RegisterMemory(first, new() { Directory = _directory }, new FakeTimeProvider()))
        {
            await memory.StartAsync(default);
            for (var i = 0; i < 600; i++) first.Step(TimeSpan.FromSeconds(0.5));
            await memory.StopAsync(default);
        }

        var second = new MeteredPlant(new PlantOptions { Start = Start.AddHours(1), Seed = 2 });
        using var again = new RegisterMemory(second, new() { Directory = _directory }, new FakeTimeProvider());
        await again.StartAsync(default);

        Assert.True(first.Registers["lifode-flow/AccumulatedVolume"].Total > 0);
        Assert.All(first.Registers, r => Assert.Equal(r.Value.Total, second.Registers[r.Key].Total));
        Assert.Equal(first.Devices["lifode-flow"].Shows("AccumulatedVolume"), second.Devices["lifode-flow"].Shows("AccumulatedVolume"));
        await again.StopAsync(default);
    }

    [Fact]
    public async Task Without_a_directory_nothing_is_kept()
    {
        var plant = new MeteredPlant(new PlantOptions { Start = Start });
        using var memory = new RegisterMemory(plant, new(), new FakeTimeProvider());
        await memory.StartAsync(default);
        await memory.StopAsync(default);

        Assert.Empty(Directory.EnumerateFiles(_directory));
    }
}
