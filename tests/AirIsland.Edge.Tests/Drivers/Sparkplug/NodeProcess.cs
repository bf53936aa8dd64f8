using System.Collections.Concurrent;
using System.Diagnostics;

namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

/// <summary>A script of tests/peers as a process of its own, and the lines it printed.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    public NodeProcess(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = Folder,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is { } line) _lines.Enqueue(line);
        };
        _process.BeginOutputReadLine();
    }

    /// <summary>tests/peers, found upwards of the test assembly; a folder that is not there outside a clone.</summary>
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public IReadOnlyList<string> Lines => [.. _lines];

    public Task SayAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static string Find(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            var peers = Path.Combine(folder.FullName, "tests", "peers");
            if (Directory.Exists(peers)) return peers;
        }
        return "tests/peers";
    }
}
