using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Tests.Devices;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Simulators.Tests.Clock;

public sealed class PlantRunnerTests
{
    [Fact]
    public async Task The_plant_follows_the_clock()
    {
        await using var simulators = await Running.StartAsync();
        var before = simulators.Runner.Truth;

        await simulators.PassAsync(TimeSpan.FromMinutes(2));

        var happened = simulators.Runner.Truth.Since(before);
        Assert.InRange(Demo.M3(happened.Branch("songyuan").MeteredKg) / 2, 19, 25);
        Assert.InRange(happened.ElectricJ / 3.6e6, 3.5, 6);
    }

    [Fact]
    public async Task A_held_plant_lets_time_pass_and_nothing_flow()
    {
        await using var simulators = await Running.StartAsync();
        await simulators.PassAsync(TimeSpan.FromSeconds(30));

        simulators.Runner.Hold();
        var (instant, truth, register) = (simulators.Runner.Instant, simulators.Runner.Truth, Energy(simulators));
        await simulators.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(instant + TimeSpan.FromMinutes(5), simulators.Runner.Instant);
        Assert.Equal(truth.ElectricJ, simulators.Runner.Truth.ElectricJ);
        Assert.Equal(truth.MeteredKg, simulators.Runner.Truth.MeteredKg);
        Assert.Equal(register, Energy(simulators));
        Assert.Equal(0, simulators.Bench.Register("station-power", "electrical/Power"));
        Assert.Equal(0, simulators.Bench.Register("songyuan-flow", "VolumeFlowRate"));
        Assert.Equal(0, simulators.Bench.Register("compressor-3", "motor/CurrentA"));

        simulators.Runner.Release();
        await simulators.PassAsync(TimeSpan.FromMinutes(1));
        Assert.True(simulators.Bench.Register("station-power", "electrical/Power") > 100);
        Assert.InRange(simulators.Runner.Truth.Since(truth).ElectricJ / 3.6e6, 1.5, 3.5);
    }

    [Fact]
    public async Task After_a_release_demand_is_that_of_the_time_of_day()
    {
        await using var simulators = await Running.StartAsync();
        simulators.Runner.Hold();
        for (var i = 0; i < 8; i++) await simulators.PassAsync(TimeSpan.FromMinutes(5));

        simulators.Runner.Release();
        await simulators.PassAsync(TimeSpan.FromMinutes(1));

        // 05:30 has become 06:11: Lifode is at work.
        Assert.True(simulators.Bench.Register("lifode-flow", "VolumeFlowRate") > 18);
    }

    [Fact]
    public async Task What_is_too_far_behind_is_left_out_and_counted()
    {
        await using var simulators = await Running.StartAsync();
        var before = simulators.Runner.Truth;

        await simulators.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromHours(1), simulators.Runner.Skipped);
        Assert.Equal(0, simulators.Runner.Truth.Since(before).ElectricJ);
    }

    [Fact]
    public void A_leak_can_be_closed_and_opened_from_outside()
    {
        using var host = SimulatorApp.Build(["--plant:leaks:lifode-leak", "0", "--plant:seed", "9"]);
        var runner = host.Services.GetRequiredService<PlantRunner>();

        Assert.Equal(0, runner.Look(station => station.Leaks[0].DiameterMm));
        Assert.Equal(3, runner.Look(station => station.Leaks[0].DiameterMm = 3));
        Assert.Equal(3, runner.Truth.Leak("lifode-leak").DiameterMm);
    }

    [Fact]
    public void A_plant_that_starts_is_in_the_middle_of_its_work()
    {
        using var host = SimulatorApp.Build([]);
        var runner = host.Services.GetRequiredService<PlantRunner>();

        Assert.Contains(runner.Look(station => station.Compressors.ToArray()), c => c.FlowKgPerSecond > 0 && c.OilKelvin > 320);
    }

    [Fact]
    public void The_station_of_any_scenario_can_be_served()
    {
        using var host = SimulatorApp.Build(["--plant:scenario", "moushan", "--plant:station", "shared"]);

        Assert.Equal(2, host.Services.GetRequiredService<PlantRunner>().Truth.Branches.Length);
        Assert.Empty(host.Services.GetRequiredService<MeteredStation>().Devices);
    }

    [Theory]
    [InlineData("--modbus:instead:15030", "70000", "instead of 15030 port 70000 is none")]
    [InlineData("--plant:scenario", "nowhere", "there is no scenario 'nowhere'")]
    [InlineData("--plant:station", "shared", "scenario 'demo' has no station 'shared'; it has moushan")]
    [InlineData("--plant:leaks:roof", "3", "moushan has no leak 'roof'; it has lifode-leak")]
    public void Wrong_settings_are_named(string setting, string value, string message) => Assert.Contains(
        message,
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => SimulatorApp.Build([setting, value])).Message,
        StringComparison.Ordinal);

    private static decimal Energy(Running simulators) => simulators.Bench.Register("station-power", "electrical/Energy");
}
