using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AirIsland.SystemTests;

/// <summary>A program as it was built, the demo unless said otherwise. What it writes is kept; it is ended with the test.</summary>
internal sealed class DemoProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private DemoProcess(Process process) => _process = process;

    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>Everything, for the message of a failed assertion.</summary>
    public string All => string.Join('\n', _output.Concat(_errors));

    public static DemoProcess Start(params string[] arguments) => StartProgram("AirIsland.Demo", arguments);

    public static DemoProcess StartProgram(string name, params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Name;
        var program = Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, "..", "..", name, configuration, name));
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var demo = new DemoProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
        demo._process.OutputDataReceived += (_, line) => Keep(demo._output, line.Data);
        demo._process.ErrorDataReceived += (_, line) => Keep(demo._errors, line.Data);
        demo._process.BeginOutputReadLine();
        demo._process.BeginErrorReadLine();
        return demo;
    }

    /// <summary>Waits until it has ended by itself; gives the exit code.</summary>
    public async Task<int> EndAsync(TimeSpan patience)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"the program still ran after {patience}:\n{All}");
        }
        return _process.ExitCode;
    }

    /// <summary>Ctrl-C.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits until it has written a line with those words.</summary>
    public async Task SaysAsync(string words, TimeSpan patience)
    {
        var from = TimeProvider.System.GetTimestamp();
        while (!_output.Any(l => l.Contains(words, StringComparison.Ordinal)))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(from) > patience) Assert.Fail($"it never said '{words}':\n{All}");
            await Task.Delay(20);
        }
    }

    /// <summary>Waits for the line that says where the pages are.</summary>
    public async Task<Uri> UrlAsync(TimeSpan patience)
    {
        var from = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var line = _output.FirstOrDefault(l => l.StartsWith("AirIsland: http", StringComparison.Ordinal));
            if (line is not null) return new Uri(line.Split(' ')[1]);
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(from) > patience)
                Assert.Fail($"the demo never said its URL:\n{All}");
            await Task.Delay(100);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }
}
