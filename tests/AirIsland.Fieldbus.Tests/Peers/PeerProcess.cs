using System.Diagnostics;
using System.Globalization;

namespace AirIsland.Fieldbus.Tests.Peers;

/// <summary>A script of tests/peers as a process: the port it listens on is its first line.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private PeerProcess(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>tests/peers, found upwards of the test assembly. Null outside a clone.</summary>
    public static string? Folder { get; } = Find(AppContext.BaseDirectory);

    public int Port { get; }

    public static Task<PeerProcess> NodeAsync(string script, params string[] arguments) => StartAsync("node", [script, .. arguments]);

    /// <summary>Debian's Python: the one that has Debian's packages.</summary>
    public static Task<PeerProcess> PythonAsync(string script, params string[] arguments) =>
        StartAsync("/usr/bin/python3", [script, .. arguments]);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        _process.Dispose();
    }

    /// <summary>The rest of what it prints, once it has ended of itself.</summary>
    public async Task<string> OutputAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Deadline);
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        return output;
    }

    private static async Task<PeerProcess> StartAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = Folder };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline);
        return new PeerProcess(process, int.Parse(line ?? "", CultureInfo.InvariantCulture));
    }

    private static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var peers = Path.Combine(folder.FullName, "tests", "peers");
            if (Directory.Exists(peers))
                return peers;
        }

        return null;
    }
}
