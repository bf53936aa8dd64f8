using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AirIsland.Simulators.Tests;

/// <summary>The program itself without a verb: what it says when it cannot, and its exit codes.</summary>
public sealed class StationCommandTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("airisland-station-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("leak 'lifode-leak': DiameterMm is not within 0 to 50", "--plant:leaks:lifode-leak", "NaN")]
    [InlineData("leak 'lifode-leak': DiameterMm is not within 0 to 50", "--plant:leaks:lifode-leak", "1000000000")]
    [InlineData("plant: Failed to convert configuration value 'abc' at 'plant:Seed'", "--plant:seed", "abc")]
    [InlineData("'sceanrio'", "--plant:sceanrio", "park")]
    [InlineData("modbus: instead of abc port 3 is none", "--modbus:instead:abc", "3")]
    [InlineData("'nothere.json' was not found", "--settings", "nothere.json")]
    public async Task A_wrong_setting_is_one_line_and_a_wrong_call(string line, params string[] settings) =>
        await FailsAsync(2, line, settings);

    [Theory]
    [InlineData("--broker:port")]
    [InlineData("--modbus:instead:15021")]
    [InlineData("--bench:port")]
    public async Task A_port_that_is_taken_is_one_line_and_a_failure(string setting)
    {
        using var taken = new TcpListener(IPAddress.Loopback, FreePorts.Next());
        taken.Start();
        var port = (taken.LocalEndpoint as IPEndPoint)?.Port ?? 0;

        await FailsAsync(1, $"127.0.0.1:{port}", setting, $"{port}");
    }

    [Theory]
    [InlineData("""{ "Instant":""")]
    [InlineData("{}")]
    public async Task A_damaged_memory_is_one_line_and_a_failure(string kept)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "registers.json"), kept);

        await FailsAsync(1, "registers.json is damaged: ", "--memory:directory", _directory.FullName);
    }

    [Fact]
    public async Task A_station_that_cannot_go_on_has_failed()
    {
        var memory = Path.Combine(_directory.FullName, "memory");
        var start = new ProcessStartInfo("dotnet", [ExternalProgram.Simulators, .. Ports(), "--memory:directory", memory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        try
        {
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await Eventually.IsTrueAsync(() => File.Exists(Path.Combine(memory, "registers.json")), "registers are kept");
            Directory.Move(memory, memory + " elsewhere");

            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(1, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static async Task FailsAsync(int exitCode, string line, params string[] settings)
    {
        var (code, output) = await ExternalProgram.RunSimulatorsAsync([.. Ports(), .. settings]);

        Assert.Contains(line, Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(exitCode, code);
    }

    private static IEnumerable<string> Ports() =>
    [
        "--broker:port", $"{FreePorts.Next()}",
        .. new[] { 15021, 15022, 15023, 15030, 15041 }.SelectMany(port => (string[])[$"--modbus:instead:{port}", "0"]),
    ];
}
