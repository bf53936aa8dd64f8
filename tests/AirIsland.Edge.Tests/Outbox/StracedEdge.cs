using System.Diagnostics;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>The program under strace, which fails or kills it at a system call.</summary>
internal static class StracedEdge
{
    /// <summary>Whether it comes to run; then it is killed. Else it was killed before.</summary>
    public static async Task<bool> IsRunningAsync(string[] injection, string[] arguments)
    {
        var start = new ProcessStartInfo(ExternalFactAttribute.Find("strace")!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["-f", "-o", "/dev/null", .. injection, EdgeProcess.Program, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var isRunning = false;
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (isRunning || !line.Contains("Application started", StringComparison.Ordinal)) continue;
            isRunning = true;
            process.Kill(entireProcessTree: true);
        }
        await process.WaitForExitAsync();
        // As of a process that SIGKILL ended: nothing else may pass for a kill.
        Assert.Equal(137, process.ExitCode);
        return isRunning;
    }
}
