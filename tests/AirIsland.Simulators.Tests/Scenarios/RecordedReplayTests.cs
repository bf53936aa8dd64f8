using System.Text.Json.Nodes;
using AirIsland.Simulators.Scenarios.Recording;

namespace AirIsland.Simulators.Tests.Scenarios;

/// <summary>The program itself: a scenario is recorded, and what it recorded is served again.</summary>
public sealed class RecordedReplayTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("recorded-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task What_was_recorded_can_be_replayed_as_the_devices_that_it_came_from()
    {
        var (code, output) =
            await ExternalProgram.RunSimulatorsAsync("scenario", "new-customer", "--days", "1", "--out", _directory.FullName);
        Assert.True(code == 0, output);
        Assert.Contains("kWh/m³", output, StringComparison.Ordinal);
        Assert.Equal(["data.csv", "replay.json", "truth.csv", "truth.json"], _directory.GetFiles().Select(f => f.Name).Order());

        // Without the meters that need a broker.
        var description = Path.Combine(_directory.FullName, "replay.json");
        var json = JsonNode.Parse(File.ReadAllText(description)) as JsonObject ?? [];
        var devices = json["devices"] as JsonArray ?? [];
        foreach (var device in devices.Where(d => d?["topic"] is not null).ToArray()) devices.Remove(device);
        foreach (var device in devices.OfType<JsonObject>()) device["port"] = 0;
        Assert.True(devices.Count >= 8);
        File.WriteAllText(description, json.ToJsonString());

        (code, output) = await ExternalProgram.RunSimulatorsAsync("replay", description, "--speed", "max");
        Assert.True(code == 0, output);
        Assert.Contains("newcomer-flow: suto-s401, Modbus TCP 127.0.0.1:", output, StringComparison.Ordinal);
        Assert.Contains("1441 rows given, 0 bad rows, 0 bad cells", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_is_the_truth_file_in_one_line()
    {
        var (code, output) = await ExternalProgram.RunSimulatorsAsync(
            "scenario", "valve-stuck", "--days", "1", "--out", _directory.FullName, "--summary", "json");

        Assert.Equal(0, code);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(File.ReadAllText(Path.Combine(_directory.FullName, ScenarioRecorder.TruthName))), JsonNode.Parse(output)));
    }

    [Theory]
    [InlineData("scenario leak-network", "scenario 'leak-network' compares nothing: --out DIRECTORY says where its data and truth go")]
    [InlineData("scenario leak-network --days 0 --out x", "--days 0: 1 to 3650 is wanted")]
    [InlineData("scenario leak-network --summary xml --out x", "--summary xml: only json is known")]
    [InlineData("scenario nowhere", "there is no scenario 'nowhere'; there are compressor-trip,")]
    public async Task A_wrong_call_says_so_in_one_line(string call, string why)
    {
        var (code, output) = await ExternalProgram.RunSimulatorsAsync(call.Split(' '));

        Assert.Equal(2, code);
        Assert.StartsWith(why, output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_fails_in_one_line()
    {
        var file = Path.Combine(_directory.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        var (code, output) = await ExternalProgram.RunSimulatorsAsync("scenario", "valve-stuck", "--out", Path.Combine(file, "x"));

        Assert.Equal(1, code);
        Assert.Single(output.TrimEnd().Split('\n'));
    }
}
