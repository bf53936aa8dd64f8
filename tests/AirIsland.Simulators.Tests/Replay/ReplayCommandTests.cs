using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AirIsland.Simulators.Tests.Replay;

/// <summary>The program itself: its verbs and its exit codes.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private const string Description = """
        {
          "file": "rows.csv", "time": { "column": "t" }, "speed": "max",
          "devices": [ { "id": "power", "profile": "acrel-dtsd1352", "points": { "electrical/Power": { "column": "kW" } } } ]
        }
        """;

    private readonly ReplayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_file_is_played_to_its_end_and_summed_up()
    {
        _bench.Write("rows.csv", "t,kW", "2026-01-01T00:00:00Z,1", "never,2", "2026-01-01T00:02:00Z,x");
        var (exitCode, output) =
            await ExternalProgram.RunSimulatorsAsync("replay", _bench.Write("replay.json", Description), "--port", "0");

        Assert.Equal(0, exitCode);
        Assert.Contains("power: acrel-dtsd1352, Modbus TCP 127.0.0.1:", output, StringComparison.Ordinal);
        Assert.Contains("rows.csv line 3 was left out: 'never' is no time of the form iso", output, StringComparison.Ordinal);
        Assert.Contains("2 rows given, 1 bad rows, 1 bad cells, 0 samples served", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_is_a_regular_end()
    {
        _bench.Write("rows.csv", "t,kW", "2026-01-01T00:00:00Z,1", "2027-01-01T00:00:00Z,2");
        using var process = Start("replay", _bench.Write("replay.json", Description), "--port", "0", "--speed", "1");
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            Assert.StartsWith("power:", await process.StandardOutput.ReadLineAsync(deadline.Token), StringComparison.Ordinal);
            await ExternalProgram.RunAsync("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);

            Assert.Equal(0, process.ExitCode);
            Assert.Contains("rows given", output, StringComparison.Ordinal);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_one_line_and_a_wrong_call()
    {
        _bench.Write("rows.csv", "t,MW", "2026-01-01T00:00:00Z,1");
        var (exitCode, output) =
            await ExternalProgram.RunSimulatorsAsync("replay", _bench.Write("replay.json", Description), "--port", "0");

        Assert.Equal(2, exitCode);
        Assert.Equal($"{_bench.Path("rows.csv")}: there is no column 'kW'; there are 't', 'MW'", output.Trim());
    }

    [Fact]
    public async Task A_file_without_a_usable_row_fails()
    {
        _bench.Write("rows.csv", "t,kW");
        var (exitCode, _) = await ExternalProgram.RunSimulatorsAsync("replay", _bench.Write("replay.json", Description), "--port", "0");

        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task A_broker_whose_port_is_taken_is_one_line_and_a_failure()
    {
        using var taken = new TcpListener(IPAddress.Loopback, FreePorts.Next());
        taken.Start();
        _bench.Write("rows.csv", "t,flow", "2026-01-01T00:00:00Z,1");
        var description = _bench.Write("replay.json", $$"""
            {
              "file": "rows.csv", "time": { "column": "t" }, "broker": { "port": {{(taken.LocalEndpoint as IPEndPoint)?.Port}} },
              "devices": [ { "id": "f", "profile": "mqtt-flow", "topic": "a/b", "points": { "VolumeFlowRate": { "column": "flow" } } } ]
            }
            """);

        var (exitCode, output) = await ExternalProgram.RunSimulatorsAsync("replay", description);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("the broker cannot listen on", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replya", "'replya' is no verb")]
    [InlineData("replay", "Required argument missing")]
    [InlineData("replay nothing.json", "nothing.json")]
    [InlineData("--modbus:instead:15030 99999", "modbus: instead of 15030 port 99999 is none")]
    public async Task A_wrong_call_says_so_in_one_line(string call, string why)
    {
        var (exitCode, output) = await ExternalProgram.RunSimulatorsAsync(call.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Contains(why, Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [ExternalProgram.Simulators, .. arguments]) { RedirectStandardOutput = true })
        ?? throw new InvalidOperationException("dotnet did not start");
}
