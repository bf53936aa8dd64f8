using System.Diagnostics;
using System.Globalization;

namespace AirIsland.Benchmarks;

/// <summary>
/// The cloud as a process of its own, the program as it is installed, on an empty directory; its processor time and memory as Linux
/// counts them. Ended by its id.
/// </summary>
internal sealed class IngestCloud : IAsyncDisposable
{
    private const int TicksPerSecond = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _started;
    private readonly HttpClient _http;
    private readonly string _directory;

    private IngestCloud(Process started, int port, string directory)
    {
        (_started, _directory, ProcessId) = (started, directory, started.Id);
        Address = $"http://127.0.0.1:{port + 1}";
        _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new($"http://127.0.0.1:{port}") };
    }

    public int ProcessId { get; private set; }

    /// <summary>Where edges connect.</summary>
    public string Address { get; }

    /// <summary>Processor seconds that the cloud has used since its start.</summary>
    public double CpuSeconds
    {
        get
        {
            // The name in brackets may hold anything: what follows the last bracket is numbered from 3.
            var stat = File.ReadAllText($"/proc/{ProcessId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
        }
    }

    /// <summary>The most memory that it ever held, MB.</summary>
    public double PeakMegabytes =>
        Math.Round(Number(File.ReadLines($"/proc/{ProcessId}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) / 1024, 1);

    /// <summary>Bytes of the store's files.</summary>
    public long StoreBytes =>
        new DirectoryInfo(_directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Exists ? f.Length : 0);

    /// <summary>Starts it and waits until it answers; <paramref name="before"/> is a program, and its arguments, that starts it.</summary>
    public static async Task<IngestCloud> StartAsync(int port, params string[] before)
    {
        var directory = Directory.CreateTempSubdirectory("airisland-ingest-").FullName;
        string[] line =
        [
            .. before, Path.Combine(AppContext.BaseDirectory, "AirIsland.Cloud"), $"--Cloud:Data={directory}", "--Cloud:Site=",
            $"--Cloud:HttpPort={port}", $"--Cloud:GrpcPort={port + 1}", $"--Cloud:SiloPort={port + 2}", $"--Cloud:GatewayPort={port + 3}",
            "--Logging:LogLevel:Default=Error",
        ];
        var started = Process.Start(new ProcessStartInfo(line[0], line[1..])) ?? throw new InvalidOperationException("no cloud started");
        var cloud = new IngestCloud(started, port, directory);
        for (var from = TimeProvider.System.GetTimestamp(); !await cloud.AnswersAsync(); await Task.Delay(100))
        {
            if (!started.HasExited && TimeProvider.System.GetElapsedTime(from) < Patience) continue;
            await cloud.DisposeAsync();
            throw new InvalidOperationException("the cloud did not come up");
        }
        if (before.Length > 0) cloud.ProcessId = ChildOf(started.Id);
        return cloud;
    }

    /// <summary>A counter of /metrics, by the start of its line; 0 when it is not there yet.</summary>
    public async Task<double> CounterAsync(string name) =>
        (await _http.GetStringAsync("/metrics")).Split('\n')
            .Where(l => l.StartsWith(name, StringComparison.Ordinal))
            .Select(l => Number(l.Split(' ')[1])).Sum();

    public async ValueTask DisposeAsync()
    {
        if (!_started.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", $"{ProcessId}"]);
            using var patience = new CancellationTokenSource(Patience);
            await _started.WaitForExitAsync(patience.Token);
        }
        _started.Dispose();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await _http.GetAsync("/healthz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int ChildOf(int parent) =>
        Directory.EnumerateDirectories($"/proc/{parent}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => (int)Number(id)).First();

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
