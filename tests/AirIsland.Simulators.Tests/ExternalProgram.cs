using System.Diagnostics;

namespace AirIsland.Simulators.Tests;

/// <summary>Runs a program of the machine and gives back what it printed.</summary>
internal static class ExternalProgram
{
    /// <summary>The simulators themselves, as they were built with these tests.</summary>
    public static string Simulators { get; } = Path.Combine(AppContext.BaseDirectory, "AirIsland.Simulators.dll");

    public static Task<(int ExitCode, string Output)> RunSimulatorsAsync(params string[] arguments) =>
        RunAsync("dotnet", [Simulators, .. arguments]);

    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
