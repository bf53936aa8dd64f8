using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Fleet.Sources;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

public sealed class FleetSettingsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    private static readonly FleetDeviceOptions Flow = new() { Id = "a", Profile = "suto-s401" };

    [Theory]
    [InlineData("a: there is no profile 'nix'", "nix", null)]
    [InlineData("a: mqtt-flow speaks MQTT, and needs a topic", "mqtt-flow", null)]
    [InlineData("a: suto-s401 speaks Modbus, and has no topic", "suto-s401", "x/y")]
    [InlineData("a: 'x/+/y' is no topic", "mqtt-flow", "x/+/y")]
    [InlineData("a: 'x/#' is no topic", "mqtt-flow", "x/#")]
    [InlineData("a: '/x' is no topic", "mqtt-flow", "/x")]
    [InlineData("a: '$SYS/x' is no topic", "mqtt-flow", "$SYS/x")]
    public void A_device_that_cannot_be_is_told_why(string mistake, string profile, string? topic) =>
        Assert.StartsWith(mistake, Assert.Single(Mistakes(new FleetDeviceOptions { Id = "a", Profile = profile, Topic = topic })));

    [Fact]
    public void Every_mistake_is_a_line()
    {
        var mistakes = Mistakes(
            Flow with { Port = 1502 }, Flow with { Port = 1502 }, Flow with { Id = "b c", Port = 70_000, Ratio = 0 },
            Flow with { Id = "d", Disturbances = new Dictionary<string, Disturbance> { ["x"] = new(DisturbanceKind.Malformed) } });

        Assert.Equal(6, mistakes.Count);
        Assert.Contains("a and a have the same id", mistakes);
        Assert.Contains("a and a have the same port and unit", mistakes);
        Assert.Contains("b c: port 70000 is none", mistakes);
        Assert.Contains(mistakes, mistake => mistake.StartsWith("d: disturbance x: Malformed does not go with", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Nix", 0, null, null, 0)]
    [InlineData("Temperature", 0, 1.0, 2.0, 0)]
    [InlineData("Temperature", 0, null, null, 1)]
    [InlineData("Temperature", double.NaN, null, null, 0)]
    [InlineData("AccumulatedVolume", -1, null, null, 0)]
    [InlineData("AccumulatedVolume", 0, 1.0, null, 1)]
    public void A_point_that_cannot_be_is_a_line(string point, double value, double? amplitude, double? to, double perSecond)
    {
        var options = new PointOptions { Value = value, Amplitude = amplitude, To = to, PerSecond = perSecond };

        Assert.StartsWith($"a: {point}: ", Assert.Single(Mistakes(With((point, options)))));
    }

    [Fact]
    public void What_a_register_counts_must_be_a_level_above_zero()
    {
        var below = With(
            ("AccumulatedVolume", new() { Counts = "Velocity", PerSecond = 1 }), ("Velocity", new() { Value = 1, Amplitude = 2 }));

        var mistakes = Mistakes(With(("AccumulatedVolume", new() { Counts = "Nix", PerSecond = 1 })), below with { Id = "b" });

        Assert.Equal(2, mistakes.Count);
    }

    [Fact]
    public void Values_follow_the_plants_time()
    {
        var (plant, fleet) = TestFleet.Sourced(With(
            ("Temperature", new() { Value = 20, Amplitude = 5, Period = TimeSpan.FromMinutes(4) }),
            ("GaugePressure", new() { Value = 0.5, To = 0.7, Period = TimeSpan.FromMinutes(2) }),
            ("VolumeFlowRate", new() { Value = 30 }),
            ("AccumulatedVolume", new() { Value = 1000, Counts = "VolumeFlowRate", PerSecond = 1 / 60.0 })));
        Assert.Equal((20m, 0.5m, 0m, 30m, 1000m), Shown());

        plant.Follow(Start);
        plant.Follow(Start.AddMinutes(1));
        Assert.Equal((25m, 0.6m, 0m, 30m, 1030m), Shown());
        plant.Follow(Start.AddMinutes(3));
        Assert.Equal((15m, 0.6m, 0m, 30m, 1090m), Shown());

        (decimal, decimal, decimal, decimal, decimal) Shown()
        {
            var shown = new DeviceBench(fleet).Shows("a");
            return (shown["Temperature"], shown["GaugePressure"], shown["Velocity"], shown["VolumeFlowRate"], shown["AccumulatedVolume"]);
        }
    }

    [Fact]
    public void A_register_counts_a_sine_as_its_integral_and_by_itself_as_time()
    {
        var (plant, fleet) = TestFleet.Sourced(
            With(
                ("VolumeFlowRate", new() { Value = 60, Amplitude = 60, Period = TimeSpan.FromMinutes(2) }),
                ("AccumulatedVolume", new() { Counts = "VolumeFlowRate", PerSecond = 1 / 60.0 })),
            With(("AccumulatedVolume", new() { Value = 4_294_967_200, PerSecond = 2 })) with { Id = "b" });

        for (var second = 0.0; second <= 60; second += 0.5) plant.Follow(Start.AddSeconds(second));

        // ∫(1 + sin(2πt/120))dt over 60 s = 60 + 120/π = 98.2, which is 98 on the display.
        Assert.Equal(98m, fleet["a"].Device.Shows("AccumulatedVolume"));
        // 120 counts on, and past the width of 32 bits.
        Assert.Equal(24m, fleet["b"].Device.Shows("AccumulatedVolume"));
    }

    [Fact]
    public async Task A_file_of_settings_brings_devices_beside_the_station_and_their_disturbances()
    {
        using var file = new SettingsFile("""
            { "fleet": { "seed": 7, "devices": [
              { "id": "power", "profile": "acrel-dtsd1352", "ratio": 40, "gateway": "g", "unit": 5,
                "points": { "electrical/Power": { "value": 80, "amplitude": 8.5, "period": "00:03:00" } },
                "disturbances": { "slow": { "kind": "latency", "delay": "00:00:00.25", "probability": 0.5, "lastRegister": 9 } } },
              { "id": "speaker", "profile": "mqtt-flow", "topic": "a/b" } ] } }
            """);

        await using var simulators = await Running.StartAsync("--settings", file.Path);

        var power = simulators.Fleet["power"];
        Assert.Equal((7, 40m, (byte)5), (simulators.Get<FleetOptions>().Seed, power.Place.Ratio, power.Place.Unit));
        Assert.Equal(8.5, power.Place.Points["electrical/Power"].Amplitude);
        Assert.Equal(
            new Disturbance(DisturbanceKind.Latency) { Delay = TimeSpan.FromSeconds(0.25), Probability = 0.5, LastRegister = 9 },
            Assert.Single(power.Disturbances.Active));
        Assert.Equal(80m, simulators.Bench.Register("power", "electrical/Power"));
        Assert.NotNull(simulators.Fleet["lifode-flow"].Endpoint);
        await simulators.PassAsync(TimeSpan.FromSeconds(45));
        Assert.InRange(simulators.Bench.Register("power", "electrical/Power"), 88.4m, 88.6m);
    }

    [Fact]
    public async Task Without_the_station_there_are_only_the_devices_of_the_settings()
    {
        using var file = new SettingsFile("""{ "fleet": { "station": false, "devices": [ { "id": "x", "profile": "mam860" } ] } }""");

        await using var simulators = await Running.StartAsync("--settings", file.Path);

        Assert.Equal(["x"], simulators.Bench.Devices);
    }

    [Theory]
    [InlineData("""{ "id": "lifode-flow", "profile": "suto-s401" }""", "have the same id")]
    [InlineData("""{ "id": "x", "profile": "mam860", "prot": 3 }""", "'prot'")]
    [InlineData("{}", "there is no device in 'fleet:devices:0'")]
    [InlineData("""{ "id": "x", "profile": "mam860", "port": "many" }""", "fleet:devices:0:Port")]
    [InlineData("""{ "id": "x", "profile": "mam860", "disturbances": { "y": { "kind": "slowness" } } }""", "slowness")]
    public async Task A_setting_that_cannot_be_is_named_and_nothing_starts(string device, string named)
    {
        using var file = new SettingsFile($$"""{ "fleet": { "devices": [ {{device}} ] } }""");

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Running.StartAsync("--settings", file.Path));

        Assert.Contains(refused.Failures, failure => failure.Contains(named, StringComparison.Ordinal));
    }

    private static FleetDeviceOptions With(params (string Point, PointOptions Options)[] points) =>
        Flow with { Points = points.ToDictionary(point => point.Point, point => point.Options) };

    private static List<string> Mistakes(params FleetDeviceOptions[] places) =>
    [
        .. Assert.Throws<OptionsValidationException>(() => new SourcedDevices(new() { Devices = places })).Failures
            .Select(failure => failure["fleet: ".Length..]),
    ];
}
