using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>A mosquitto of its own on a free port, which keeps its sessions over a restart.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private Process? _process;

    private Mosquitto(int port)
    {
        Port = port;
        File.WriteAllText(_folder.File("mosquitto.conf"), $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            persistence true
            persistence_location {_folder.Path}/
            autosave_interval 1
            user root
            """);
    }

    public int Port { get; }

    public static async Task<Mosquitto> StartAsync()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var broker = new Mosquitto(port);
        await broker.RunAsync();
        return broker;
    }

    public async Task RunAsync()
    {
        var program = ExternalFactAttribute.Find("mosquitto") ?? throw new InvalidOperationException("mosquitto is not installed");
        _process = Process.Start(new ProcessStartInfo(program, ["-c", _folder.File("mosquitto.conf")]) { RedirectStandardError = true });
        _process?.BeginErrorReadLine();
        await Eventually.HoldsAsync(IsListening, "mosquitto listens");
    }

    /// <summary>Ends the process; <see cref="RunAsync"/> starts it again.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        // SIGTERM, so that it saves its sessions; by its own id.
        using (var kill = Process.Start("kill", [$"{process.Id}"])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
        process.Dispose();
        _process = null;
    }

    public async Task PublishAsync(string topic, string message, bool retain = false)
    {
        // By way of a file: an argument has a length limit.
        await File.WriteAllTextAsync(_folder.File("message"), message);
        List<string> arguments = ["-h", "127.0.0.1", "-p", $"{Port}", "-q", "1", "-t", topic, "-f", _folder.File("message")];
        if (retain) arguments.Add("-r");
        using var publisher = Process.Start("mosquitto_pub", arguments);
        await publisher.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, publisher.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private bool IsListening()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
