using System.Text.Json;

namespace AirIsland.SystemTests;

/// <summary>Devices that are wrong, beside devices that are right, through the whole chain.</summary>
public sealed class BadInputTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_dead_unit_and_a_wrong_map_are_named_once_and_shown_as_missing_and_the_rest_goes_on()
    {
        using var data = new ScratchDirectory();
        // Unit 9 of the first compressor's controller does not answer; the flow meter is read by the map of a compressor.
        using var demo = DemoProcess.Start(
            "--data", data.Path, "--free-ports", "--set", "Edge:Devices:0:Unit=9", "--set", "Edge:Devices:7:Profile=mam6080");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = await demo.UrlAsync(Patience) };

        var dead = await QualityAsync(http, demo, "moushan/compressor-1/outlet/GaugePressure");
        var wrong = await QualityAsync(http, demo, "moushan/lifode/motor/Speed");
        var right = await QualityAsync(http, demo, "moushan/compressor-2/outlet/GaugePressure");

        Assert.Equal(("Bad/Communication", "Bad/Configuration", "Good"), (dead, wrong, right));
        // A line for each block of registers that fails, and no line for each try.
        Assert.InRange(demo.All.Split('\n').Count(line => line.Contains("Device compressor-1 (", StringComparison.Ordinal)), 1, 4);
        await demo.InterruptAsync();
        Assert.Equal(0, await demo.EndAsync(Patience));
    }

    private static async Task<string> QualityAsync(HttpClient http, DemoProcess demo, string tag)
    {
        for (var from = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(from) < Patience; await Task.Delay(200))
        {
            using var twin = JsonDocument.Parse(await http.GetStringAsync("/api/v1/stations/moushan/twin"));
            var value = twin.RootElement.GetProperty("values").EnumerateArray()
                .FirstOrDefault(v => v.GetProperty("tag").GetString() == tag);
            if (value.ValueKind == JsonValueKind.Object) return value.GetProperty("quality").GetString() ?? "";
        }
        Assert.Fail($"the twin never knew {tag}:\n{demo.All}");
        return "";
    }
}
