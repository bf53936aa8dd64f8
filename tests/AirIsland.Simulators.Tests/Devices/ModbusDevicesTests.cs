using System.Globalization;
using System.Text.RegularExpressions;

namespace AirIsland.Simulators.Tests.Devices;

/// <summary>The devices as a stranger reads them: mbpoll at the addresses of the makers' register lists, not of our profiles.</summary>
public sealed partial class ModbusDevicesTests : IAsyncLifetime
{
    private Running? _running;

    private Running Simulators => _running ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        _running = await Running.StartAsync();
        await _running.PassAsync(TimeSpan.FromMinutes(5));
    }

    public async Task DisposeAsync() => await Simulators.DisposeAsync();

    [ExternalFact("mbpoll")]
    public async Task A_compressor_answers_by_the_map_of_its_controller()
    {
        Assert.Equal(Shown("compressor-3", "outlet/GaugePressure") * 100, await PollAsync("compressor-3", 1, 0));
        Assert.Equal(Shown("compressor-3", "outlet/Temperature") * 10, await PollAsync("compressor-3", 1, 1));
        Assert.Equal(Shown("compressor-3", "RunningTime"), await PollAsync("compressor-3", 1, 2));
        Assert.Equal(Shown("compressor-3", "LoadedTime"), await PollAsync("compressor-3", 1, 3));
        Assert.Equal(Shown("compressor-3", "motor/CurrentA") * 10, await PollAsync("compressor-3", 1, 4));
        Assert.Equal(Shown("compressor-3", "system/GaugePressure") * 100, await PollAsync("compressor-3", 1, 15));
        Assert.Equal(7, await PollAsync("compressor-3", 1, 26));
        Assert.Equal(0, await PollAsync("compressor-3", 1, 28));
        Assert.Equal(Shown("compressor-3", "motor/Power") * 10, await PollAsync("compressor-3", 1, 35));
    }

    [ExternalFact("mbpoll")]
    public async Task The_power_meters_answer_by_unit_behind_one_port()
    {
        // Current transformers 500/5: one count of 0.01 kWh is 1 kWh, one of 0.001 kW is 0.1 kW.
        Assert.Equal(Shown("station-power", "electrical/Energy"), await PollAsync("station-power", 10, 0x000A, "4:int", "-B"));
        Assert.Equal(Shown("station-power", "electrical/Power") * 10, await PollAsync("station-power", 10, 0x016A, "4:int", "-B"));
        Assert.Equal(Shown("station-power", "electrical/VoltageA") * 10, await PollAsync("station-power", 10, 0x0061));
        Assert.Equal(Shown("station-power", "electrical/Frequency") * 100, await PollAsync("station-power", 10, 0x0077));
        Assert.Equal(Shown("station-power", "electrical/PowerFactor") * 1000, await PollAsync("station-power", 10, 0x017F));
        Assert.Equal(Shown("compressor-1-power", "electrical/Energy") / 0.4m, await PollAsync("station-power", 11, 0x000A, "4:int", "-B"));
        Assert.Equal(Shown("compressor-3-power", "electrical/Power") / 0.04m, await PollAsync("station-power", 13, 0x016A, "4:int", "-B"));
        Assert.True(Shown("station-power", "electrical/Power") > 100);
    }

    [ExternalFact("mbpoll")]
    public async Task The_flow_meter_answers_floats_and_a_whole_total()
    {
        Assert.Equal(Shown("lifode-flow", "VolumeFlowRate"), await PollAsync("lifode-flow", 1, 6, "4:float") / 60, 3);
        Assert.Equal(Shown("lifode-flow", "GaugePressure"), await PollAsync("lifode-flow", 1, 2, "4:float") / 10, 3);
        Assert.Equal(Shown("lifode-flow", "Temperature"), await PollAsync("lifode-flow", 1, 0, "4:float"), 1);
        Assert.Equal(Shown("lifode-flow", "AccumulatedVolume"), await PollAsync("lifode-flow", 1, 8, "4:int"));
        Assert.InRange(Shown("lifode-flow", "VolumeFlowRate"), 1.0m, 1.4m);
    }

    [ExternalFact("mbpoll")]
    public async Task A_unit_that_does_not_exist_stays_silent()
    {
        var (exitCode, _) = await ExternalProgram.RunAsync(
            "mbpoll", "-m", "tcp", "-p", $"{Simulators.PortOf("station-power")}", "-a", "14", "-0", "-t", "4", "-r", "10", "-o", "0.3",
            "-1", "127.0.0.1");

        Assert.NotEqual(0, exitCode);
    }

    [ExternalFact("mbpoll")]
    public async Task Each_answered_value_is_counted_once()
    {
        Assert.Equal(0, Simulators.Bench.ServedSamples);

        await PollAsync("lifode-flow", 1, 6, "4:float");
        await PollAsync("compressor-1", 1, 26);
        await PollAsync("compressor-1", 1, 27);

        Assert.Equal(1, Simulators.Bench.ServedBy("lifode-flow"));
        Assert.Equal(1, Simulators.Bench.ServedBy("compressor-1"));
        Assert.Equal(2, Simulators.Bench.ServedSamples);
    }

    private decimal Shown(string device, string point) => Simulators.Bench.Register(device, point);

    private async Task<decimal> PollAsync(string device, int unit, int address, string type = "4", params string[] more)
    {
        var (_, output) = await ExternalProgram.RunAsync(
            "mbpoll",
            [
                "-m", "tcp", "-p", $"{Simulators.PortOf(device)}", "-a", $"{unit}", "-0", "-t", type, "-r", $"{address}", "-c", "1", "-1",
                .. more, "127.0.0.1",
            ]);
        var match = Value().Match(output);
        Assert.True(match.Success, output);
        return decimal.Parse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\[\d+\]:\s+(-?[\d.e+-]+)", RegexOptions.Multiline)]
    private static partial Regex Value();
}
