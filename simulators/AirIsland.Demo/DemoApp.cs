using AirIsland.Demo.Summary;
using AirIsland.Simulators.Clock;

namespace AirIsland.Demo;

/// <summary>
/// The composition root of the demo, and the one place where it meets the real clock: all parts in one process; or one part as a child;
/// or a headless run that judges the chain.
/// </summary>
internal static class DemoApp
{
    public static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        var real = TimeProvider.System;
        if (options.Summary) return await new SummaryRun(options, real).RunAsync(cancellationToken);
        if (options.Role == DemoRole.All) return await LiveAsync(options, real, cancellationToken);
        if (options.Clock is not { } clock) throw new FormatException("--role goes with --clock");
        return await ChildAsync(options, new ScaledTime(real, clock.Start, clock.Origin, options.Speed), cancellationToken);
    }

    private static async Task<int> LiveAsync(DemoOptions options, TimeProvider real, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        var time = new DemoMemory(options.Data).Clock(real, options.Speed);
        var parts = new Parts(time, LogLevel.Warning);
        var ports = options.FreePorts ? DemoPorts.Free() : DemoPorts.Fixed;
        await using var group = new HostGroup();
        var set = options.Settings;
        string[] memory = [$"--Memory:Directory={options.Data}"];
        await group.StartAsync(parts.Simulators([.. ports.Simulators(), .. memory, .. set]), cancellationToken);
        await group.StartAsync(parts.Cloud([.. ports.Cloud(Path.Combine(options.Data, "cloud")), .. set]), cancellationToken);
        await group.StartAsync(parts.Edge([.. ports.Edge(Path.Combine(options.Data, "edge")), .. set]), cancellationToken);

        Console.WriteLine($"AirIsland: http://localhost:{ports.Web.Port}  (Ctrl-C ends it; data in {options.Data})");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.Duration is { } duration) ending.CancelAfter(duration);
        using var status = new StatusLine(ports.Web, real);
        var showing = status.RunAsync(ending.Token);
        var result = await Task.WhenAny(group.Ended, Task.Delay(Timeout.Infinite, ending.Token)) == group.Ended ? await group.Ended : 0;
        await ending.CancelAsync();
        await showing;
        return result;
    }

    /// <summary>A child ends at SIGTERM, and when its parent is gone: its standard input then closes.</summary>
    private static async Task<int> ChildAsync(DemoOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var parts = new Parts(time, LogLevel.Warning);
        await using var group = new HostGroup();
        string[] settings = [.. options.Settings];
        await group.StartAsync(options.Role == DemoRole.Edge ? parts.Edge(settings) : parts.Cloud(settings), cancellationToken);
        // On a thread of its own: reading the console is blocking, whatever its methods are called.
        var orphaned = Task.Factory.StartNew(
            Console.In.ReadToEnd, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await Task.WhenAny(group.Ended, orphaned) == group.Ended ? await group.Ended : 1;
    }
}
