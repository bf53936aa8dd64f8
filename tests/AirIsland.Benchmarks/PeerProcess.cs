using System.Diagnostics;
using System.Globalization;

namespace AirIsland.Benchmarks;

/// <summary>A server as a process of its own, on an empty directory; its processor time and its files. Ended by its id.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private const double TicksPerSecond = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private PeerProcess(Process process, string directory, Uri address)
    {
        (_process, Directory) = (process, directory);
        Http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public string Directory { get; }

    public HttpClient Http { get; }

    /// <summary>Processor seconds since its start.</summary>
    public double CpuSeconds
    {
        get
        {
            // The name in brackets may hold anything: what follows the last bracket is numbered from 3.
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[11..13].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    public long Bytes => new DirectoryInfo(Directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Exists ? f.Length : 0);

    /// <summary>Starts it with an empty directory and waits until a path of it answers.</summary>
    public static async Task<PeerProcess> StartAsync(Uri address, string ready, Func<string, string[]> line)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("airisland-peer-").FullName;
        var command = line(directory);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var peer = new PeerProcess(process, directory, address);
        for (var from = TimeProvider.System.GetTimestamp(); !await peer.AnswersAsync(ready); await Task.Delay(100))
        {
            if (!process.HasExited && TimeProvider.System.GetElapsedTime(from) < Patience) continue;
            await peer.DisposeAsync();
            throw new InvalidOperationException($"{command[0]} did not come up");
        }
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Http.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(path);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
