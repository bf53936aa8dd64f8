using Microsoft.Extensions.Options;

namespace AirIsland.Simulators.Tests.Scenarios;

public class LiveScenarioTests
{
    [Fact]
    public async Task A_scenario_on_the_clock_happens_to_the_devices_that_are_served()
    {
        await using var running = await Running.StartAsync("--plant:scenario", "compressor-trip");
        await PassHoursAsync(9.2);
        Assert.Equal(0, running.Bench.Register("compressor-3", "FaultCode"));

        // It trips nine and a quarter hours after the start and is reset after thirteen and a quarter.
        await PassHoursAsync(0.1);
        Assert.NotEqual(0, running.Bench.Register("compressor-3", "FaultCode"));
        await PassHoursAsync(4);
        Assert.Equal(0, running.Bench.Register("compressor-3", "FaultCode"));

        async Task PassHoursAsync(double hours)
        {
            // In parts of less than ten minutes: a plant that is farther behind leaves time out.
            for (var left = TimeSpan.FromHours(hours); left > TimeSpan.Zero; left -= TimeSpan.FromMinutes(6))
                await running.PassAsync(TimeSpan.FromMinutes(6));
            Assert.Equal(TimeSpan.Zero, running.Runner.Skipped);
        }
    }

    [Fact]
    public async Task Without_a_word_the_station_of_the_demo_is_served_and_nothing_happens_to_it()
    {
        await using var running = await Running.StartAsync();
        await running.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(10, running.Bench.Devices.Count());
        Assert.Equal(5, running.Runner.Look(station => station.Leaks[0].DiameterMm));
    }

    [Theory]
    [InlineData("1e9")]
    [InlineData("-5")]
    [InlineData("NaN")]
    public void A_leak_that_no_pipe_has_is_refused_before_anything_starts(string millimetres)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => SimulatorApp.Build(["--plant:leaks:lifode-leak", millimetres]));
        Assert.Contains("leak 'lifode-leak': DiameterMm is not within 0 to 50", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }
}
