using System.Diagnostics;
using System.Net.Sockets;

namespace AirIsland.Simulators.Tests;

/// <summary>A mosquitto broker on a free port of 127.0.0.1.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly Process _process;

    private Mosquitto(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<Mosquitto> StartAsync()
    {
        var port = FreePorts.Next();
        // Without a file of settings it listens on loopback only, and lets anybody in.
        var start = new ProcessStartInfo("mosquitto", ["-p", $"{port}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var sbin = Environment.GetEnvironmentVariable("PATH") + Path.PathSeparator + "/usr/sbin";
        start.FileName = sbin.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "mosquitto")).First(File.Exists);
        var process = Process.Start(start) ?? throw new InvalidOperationException("mosquitto did not start");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var broker = new Mosquitto(process, port);
        await Eventually.IsTrueAsync(broker.Listens, "mosquitto listens");
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private bool Listens()
    {
        Assert.False(_process.HasExited, "mosquitto has ended");
        using var client = new TcpClient();
        try
        {
            client.Connect("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
