using System.Globalization;

namespace AirIsland.SystemTests;

/// <summary>One cloud process of a cluster, on ports of its own; it can be ended and started again.</summary>
internal sealed class ClusterNode(string database, string site) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly int[] _ports = FreePorts.Of(4);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private DemoProcess? _process;

    public Uri Grpc => new($"http://127.0.0.1:{_ports[1]}");

    public bool IsRunning => _process is not null;

    /// <summary>What it wrote since its last start.</summary>
    public string All => _process?.All ?? "";

    public void Start() => _process = DemoProcess.StartProgram("AirIsland.Cloud",
    [
        "--Cloud:Store=Postgres", $"--Cloud:Postgres={database}", "--Cloud:Cluster=test", $"--Cloud:Site={site}",
        .. new[] { "HttpPort", "GrpcPort", "SiloPort", "GatewayPort" }.Select(
            (name, i) => string.Create(CultureInfo.InvariantCulture, $"--Cloud:{name}={_ports[i]}")),
        "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
    ]);

    public Task StartedAsync() => Process.SaysAsync("Application started", Patience);

    /// <summary>How often the station came to live in this process since its last start.</summary>
    public int TimesOf(string station) =>
        _process?.Output.Count(l => l.Contains($"Station {station} lives in this process", StringComparison.Ordinal)) ?? 0;

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        _ = await Process.EndAsync(Patience);
        Forget();
    }

    /// <summary>Ctrl-C; it must end in order.</summary>
    public async Task StopAsync()
    {
        await Process.InterruptAsync();
        Assert.Equal(0, await Process.EndAsync(Patience));
        Forget();
    }

    /// <summary>The station's twin as this process tells it; null while it cannot.</summary>
    public async Task<string?> TwinAsync(string station, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetStringAsync($"http://127.0.0.1:{_ports[0]}/api/v1/stations/{station}/twin", cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        _http.Dispose();
    }

    private DemoProcess Process => _process ?? throw new InvalidOperationException("not started");

    private void Forget()
    {
        _process?.Dispose();
        _process = null;
    }
}
