using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;
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
        Assert.InRange(happened.Company("songyuan").MeteredNormalM3 / 2 / 0.93178, 19, 25);
        Assert.InRange(happened.KilowattHours, 3.5, 6);
    }

    [Fact]
    public async Task A_held_plant_lets_time_pass_and_nothing_flow()
    {
        await using var simulators = await Running.StartAsync();
        await simulators.PassAsync(TimeSpan.FromSeconds(30));

        simulators.Runner.Hold();
        var (truth, register) = (simulators.Runner.Truth, Energy(simulators));
        await simulators.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(truth.Instant + TimeSpan.FromMinutes(5), simulators.Runner.Truth.Instant);
        Assert.Equal(truth.KilowattHours, simulators.Runner.Truth.KilowattHours);
        Assert.Equal(truth.MeteredNormalM3, simulators.Runner.Truth.MeteredNormalM3);
        Assert.Equal(register, Energy(simulators));
        Assert.Equal(0, simulators.Bench.Register("station-power", "electrical/Power"));
        Assert.Equal(0, simulators.Bench.Register("songyuan-flow", "VolumeFlowRate"));
        Assert.Equal(0, simulators.Bench.Register("compressor-3", "motor/CurrentA"));

        simulators.Runner.Release();
        await simulators.PassAsync(TimeSpan.FromMinutes(1));
        Assert.True(simulators.Bench.Register("station-power", "electrical/Power") > 100);
        Assert.InRange(simulators.Runner.Truth.Since(truth).KilowattHours, 1.5, 3.5);
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

        await simulators.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromHours(1), simulators.Runner.Skipped);
        Assert.Equal(0, simulators.Runner.Truth.KilowattHours);
    }

    [Fact]
    public void The_leak_can_be_closed_from_outside()
    {
        using var host = SimulatorApp.Build(["--plant:leakOpen", "false", "--plant:seed", "9"]);

        Assert.False(host.Services.GetRequiredService<MeteredPlant>().Plant.Lifode.LeakOpen);
        Assert.True(host.Services.GetRequiredService<PlantRunner>().Look(plant => plant.Lifode.LeakOpen = true));
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        var refusal = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
            () => SimulatorApp.Build(["--modbus:power", "70000", "--modbus:lifodeFlow", "-1"]));

        Assert.Contains("Power", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LifodeFlow", refusal.Message, StringComparison.Ordinal);
    }

    private static decimal Energy(Running simulators) => simulators.Bench.Register("station-power", "electrical/Energy");
}
