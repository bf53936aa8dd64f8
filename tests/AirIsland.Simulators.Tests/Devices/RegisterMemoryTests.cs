using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Tests.Devices;

public sealed class RegisterMemoryTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(8));

    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-memory-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Registers_go_on_after_a_kill_to_the_last_fraction()
    {
        var first = Demo.From(Start);
        var memory = new RegisterMemory(first, new() { Directory = _directory });
        for (var i = 0; i < 600; i++)
        {
            first.Step(TimeSpan.FromSeconds(0.5));
            memory.Follow(first.Instant);
        }

        var second = Demo.From(Start.AddHours(1), seed: 2);
        _ = new RegisterMemory(second, new() { Directory = _directory });

        Assert.Equal(Start.AddMinutes(5), RegisterMemory.ReadFrom(_directory)?.Instant);
        Assert.All(first.Registers, r => Assert.Equal(r.Value.Total, second.Registers[r.Key].Total));
        Assert.Equal(first.Devices["lifode-flow"].Shows("AccumulatedVolume"), second.Devices["lifode-flow"].Shows("AccumulatedVolume"));
    }

    [Fact]
    public void Without_a_directory_nothing_is_kept()
    {
        var plant = Demo.From(Start);
        new RegisterMemory(plant, new()).Follow(Start);

        Assert.Empty(Directory.EnumerateFiles(_directory));
    }
}
