using AirIsland.Simulators.Physics;

namespace AirIsland.Simulators.Tests.Physics;

/// <summary>Plants at a chosen hour of a working Wednesday, site time.</summary>
internal static class Plants
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);

    public static Plant At(int hour, int minute = 0, int seed = 1, bool leakOpen = true) => new(new()
    {
        Seed = seed,
        Start = Site(hour, minute),
        LeakOpen = leakOpen,
    });

    public static DateTimeOffset Site(int hour, int minute = 0) => new(2026, 3, 11, hour, minute, 0, TimeSpan.FromHours(8));

    public static void Run(Plant plant, TimeSpan duration, Action? afterEachStep = null)
    {
        for (var end = plant.Instant + duration; plant.Instant < end;)
        {
            plant.Step(Step);
            afterEachStep?.Invoke();
        }
    }
}
