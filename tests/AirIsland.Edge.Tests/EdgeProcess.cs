using System.Collections.Concurrent;
using System.Diagnostics;

namespace AirIsland.Edge.Tests;

/// <summary>The built edge, started as a program. What it writes is kept; it is ended with the test.</summary>
internal sealed class EdgeProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private EdgeProcess(Process process) => _process = process;

    /// <summary>Full path of the program.</summary>
    public static string Program
    {
        get
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Name;
            return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "AirIsland.Edge", configuration, "AirIsland.Edge"));
        }
    }

    /// <summary>The lines of the error stream.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    public IReadOnlyList<string> Output => [.. _output];

    public static EdgeProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    public static EdgeProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var edge = new EdgeProcess(Process.Start(start) ?? throw new InvalidOperationException("the edge did not start"));
        edge._process.OutputDataReceived += (_, line) => Keep(edge._output, line.Data);
        edge._process.ErrorDataReceived += (_, line) => Keep(edge._errors, line.Data);
        edge._process.BeginOutputReadLine();
        edge._process.BeginErrorReadLine();
        return edge;
    }

    /// <summary>Waits until every part of it runs and it hears signals.</summary>
    public Task IsRunningAsync() =>
        Eventually.HoldsAsync(() => Output.Any(l => l.Contains("Application started", StringComparison.Ordinal)), "the edge runs");

    /// <summary>Waits until it has ended by itself; gives the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(_process.HasExited, $"the edge still runs:\n{string.Join('\n', Output.Concat(Errors))}");
        return _process.ExitCode;
    }

    /// <summary>Ends it in order, as by Ctrl-C.</summary>
    public async Task<int> InterruptAsync()
    {
        using (var kill = Process.Start("kill", ["-INT", $"{_process.Id}"])) await kill.WaitForExitAsync();
        return await EndAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (!string.IsNullOrEmpty(line)) lines.Enqueue(line);
    }
}
