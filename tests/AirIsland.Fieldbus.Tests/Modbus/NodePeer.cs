using System.Diagnostics;
using System.Globalization;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>A script of tests/peers as a process: listens on a free port, which is its first line.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private NodePeer(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>tests/peers, found upwards of the test assembly. Null outside a clone.</summary>
    public static string? Folder { get; } = Find(AppContext.BaseDirectory);

    public int Port { get; }

    public static async Task<NodePeer> StartAsync(string script)
    {
        var start = new ProcessStartInfo("node", [script]) { RedirectStandardOutput = true, WorkingDirectory = Folder };
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline);
        return new NodePeer(process, int.Parse(line ?? "", CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        _process.Dispose();
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
