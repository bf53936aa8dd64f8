using System.Diagnostics;

namespace AirIsland.Cloud.Tests.Servers;

/// <summary>A real influxdb of the machine on free ports and a directory of its own; killed at the end.</summary>
public sealed class InfluxServer : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-influx-").FullName;
    private readonly int[] _ports = CloudHost.FreePorts(2);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private Process? _process;
    private int _databases;

    public string Url => $"http://127.0.0.1:{_ports[0]}";

    public async Task InitializeAsync()
    {
        if (NeedsProgramAttribute.Find("influxd") is null) return;
        await File.WriteAllTextAsync(Path.Combine(_directory, "influxd.conf"), $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{_ports[1]}"
            [meta]
              dir = "{_directory}/meta"
            [data]
              dir = "{_directory}/data"
              wal-dir = "{_directory}/wal"
              query-log-enabled = false
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{_ports[0]}"
              log-enabled = false
              max-row-limit = 0
            [logging]
              level = "error"
            """);
        await StartAsync();
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(NeedsProgramAttribute.Find("influxd")!, ["-config", Path.Combine(_directory, "influxd.conf")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var tries = 0; tries < 600; tries++)
        {
            if (_process.HasExited) throw new InvalidOperationException($"influxd ended with {_process.ExitCode}");
            try
            {
                using var ping = await _http.GetAsync($"{Url}/ping");
                if (ping.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException("influxd did not answer within a minute");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>A name that no other test uses.</summary>
    public string NewDatabase() => $"test{Interlocked.Increment(ref _databases)}";

    /// <summary>Writes lines by hand, as somebody else would.</summary>
    public async Task WriteAsync(string database, string lines)
    {
        using var made = await _http.PostAsync(
            $"{Url}/query", new FormUrlEncodedContent([new("q", $"CREATE DATABASE {database}")]));
        made.EnsureSuccessStatusCode();
        using var written = await _http.PostAsync($"{Url}/write?db={database}&precision=ns", new StringContent(lines));
        written.EnsureSuccessStatusCode();
    }

    /// <summary>What it answers to a question, as JSON.</summary>
    public Task<string> AskAsync(string database, string question) =>
        _http.GetStringAsync($"{Url}/query?db={database}&epoch=ns&q={Uri.EscapeDataString(question)}");

    public async Task DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
