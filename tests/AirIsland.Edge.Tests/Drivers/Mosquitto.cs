using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>A mosquitto of its own on a free port, which keeps its sessions over a restart.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private Process? _process;

    private Mosquitto(string[] lines, string[] tls)
    {
        (Port, TlsPort) = (FreePort(), FreePort());
        var protectedListener = tls.Length == 0 ? "" : $"listener {TlsPort} 127.0.0.1\n{string.Join('\n', tls)}";
        File.WriteAllText(_folder.File("mosquitto.conf"), $"""
            per_listener_settings true
            persistence true
            persistence_location {_folder.Path}/
            autosave_interval 1
            user root
            listener {Port} 127.0.0.1
            {string.Join('\n', lines.DefaultIfEmpty("allow_anonymous true"))}
            {protectedListener}
            """);
    }

    public int Port { get; }

    /// <summary>The listener with TLS, if there is one.</summary>
    public int TlsPort { get; }

    /// <summary>With these lines in its settings for the listener; without one, everybody may come in.</summary>
    public static Task<Mosquitto> StartAsync(params string[] lines) => StartAsync(() => new(lines, []));

    /// <summary>With a second listener of these lines; on the first one everybody may come in.</summary>
    public static Task<Mosquitto> StartTlsAsync(params string[] lines) => StartAsync(() => new([], lines));

    public async Task RunAsync() => Assert.True(await TryRunAsync(), "mosquitto did not start");

    /// <summary>Ends the process in order, so that it saves its sessions; <see cref="RunAsync"/> starts it again.</summary>
    public Task StopAsync() => EndAsync("-TERM");

    /// <summary>Ends the process at once: what it did not save is gone.</summary>
    public Task KillAsync() => EndAsync("-KILL");

    public async Task PublishAsync(string topic, string message, bool retain = false, int service = 1) =>
        Assert.True(await TryPublishAsync(topic, message, retain, service), $"mosquitto_pub could not publish on {topic}");

    /// <summary>Whether the broker acknowledged the message.</summary>
    public async Task<bool> TryPublishAsync(string topic, string message, bool retain = false, int service = 1)
    {
        // By way of a file: an argument has a length limit.
        await File.WriteAllTextAsync(_folder.File("message"), message);
        List<string> arguments = ["-h", "127.0.0.1", "-p", $"{Port}", "-q", $"{service}", "-t", topic, "-f", _folder.File("message")];
        if (retain) arguments.Add("-r");
        using var publisher = Process.Start("mosquitto_pub", arguments);
        await publisher.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return publisher.ExitCode == 0;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    // Somebody else may take a port meanwhile.
    private static async Task<Mosquitto> StartAsync(Func<Mosquitto> make)
    {
        for (var i = 0; i < 5; i++)
        {
            var broker = make();
            if (await broker.TryRunAsync()) return broker;
            await broker.DisposeAsync();
        }
        throw new InvalidOperationException("mosquitto found no free port five times");
    }

    private async Task<bool> TryRunAsync()
    {
        var program = ExternalFactAttribute.Find("mosquitto") ?? throw new InvalidOperationException("mosquitto is not installed");
        var start = new ProcessStartInfo(program, ["-c", _folder.File("mosquitto.conf")]) { RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("mosquitto did not start");
        var isRunning = false;
        process.ErrorDataReceived += (_, line) => isRunning |= line.Data?.EndsWith(" running", StringComparison.Ordinal) == true;
        process.BeginErrorReadLine();
        _process = process;
        await Eventually.HoldsAsync(() => Volatile.Read(ref isRunning) || process.HasExited, "mosquitto runs");
        return !process.HasExited;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task EndAsync(string signal)
    {
        if (_process is not { } process) return;
        // By its own id.
        using (var kill = Process.Start("kill", [signal, $"{process.Id}"])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        process.Dispose();
        _process = null;
    }
}
