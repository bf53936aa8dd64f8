using System.Diagnostics;

namespace AirIsland.Edge.Tests.Outbox;

/// <summary>A fact that kills a process at a system call; without strace, or the right to trace, the test is left out, saying so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute()
    {
        if (ExternalFactAttribute.Find("strace") is not { } strace)
        {
            Skip = "strace is not installed";
            return;
        }
        using var process = Process.Start(new ProcessStartInfo(strace, ["-o", "/dev/null", "true"]) { RedirectStandardError = true });
        process?.WaitForExit();
        if (process?.ExitCode != 0) Skip = "processes may not be traced";
    }
}
