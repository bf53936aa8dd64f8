using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Scenarios;

namespace AirIsland.Simulators.Tests.Devices;

/// <summary>The demo's station with its meters, at a chosen hour of a Wednesday, site time.</summary>
internal static class Demo
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);

    // It is in the middle of its work, as when it is served live.
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    private static readonly ScenarioFile File = ScenarioFile.Load("demo");

    private static ScenarioStation Moushan => File.Stations[0];

    public static DateTimeOffset Site(int hour, int minute = 0) => new(2026, 3, 11, hour, minute, 0, TimeSpan.FromHours(8));

    public static MeteredStation At(int hour, int minute = 0, int seed = 1, double leakMm = 5) => From(Site(hour, minute), seed, leakMm);

    public static MeteredStation From(DateTimeOffset start, int seed = 1, double leakMm = 5)
    {
        var described = Moushan with { Leaks = [Moushan.Leaks[0] with { DiameterMm = leakMm }] };
        var station = (File with { Start = start - Before }).Build(described, (ulong)seed);
        while (station.Seconds < Before.TotalSeconds) station.Step(Step.TotalSeconds);
        return new(station, Moushan.Meters, seed);
    }

    public static DeviceFleet Fleet(MeteredStation station) =>
        new(new() { Devices = [.. Moushan.Meters.Select(m => m.OnWire(new()))] }, station.Devices, station.Gate);

    public static void Run(MeteredStation station, TimeSpan duration, Action? afterEachStep = null)
    {
        for (var end = station.Instant + duration; station.Instant < end;)
        {
            station.Step(Step);
            afterEachStep?.Invoke();
        }
    }

    /// <summary>m³ at 20 °C and 101.325 kPa.</summary>
    public static double M3(double kg) => kg / DryAir.KgPerStandard20M3;
}
