using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace AirIsland.Cloud.Tests.Servers;

/// <summary>
/// A real PostgreSQL of the machine in a directory of its own, on 127.0.0.1 only, with fsync on; ended at the end by its id. It refuses
/// root, which is why root starts it as <c>postgres</c>. Without the program nothing is started: the tests are left out.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string User = "airisland";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("airisland-postgres-");
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;
    private int _port;
    private int _databases;

    private string Data => Path.Combine(_directory.FullName, "data");

    public async Task InitializeAsync()
    {
        if (NeedsProgramAttribute.Find("postgres") is null) return;
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", _directory.FullName);
        await RunAsync([.. AsOwner("initdb"), "-D", Data, "-U", User, "--auth=trust", "--no-locale", "--encoding=UTF8"]);
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>Starts it again on its data; the port may be another only at the first time.</summary>
    public async Task StartAsync()
    {
        for (var tries = 0; tries < 5; tries++)
        {
            if (_databases == 0) _port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            string[] command =
            [
                .. AsOwner("postgres"), "-D", Data, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", "",
                "-c", "fsync=on", "-c", "max_connections=150",
            ];
            _process = Start(command);
            if (await AnswersAsync(_process)) return;
        }
        throw new InvalidOperationException($"postgres did not start:\n{string.Join('\n', _output)}");
    }

    /// <summary>Ends it at once, as if it had crashed; it recovers at the next start.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        // SIGKILL would leave its children behind.
        await RunAsync("kill", "-QUIT", _process.Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _process = null;
    }

    /// <summary>An empty database that no other test uses.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        // Of a language that sorts otherwise than by characters, as many are.
        await ExecuteAsync(
            ConnectionTo("postgres"), $"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
        return ConnectionTo(name);
    }

    public static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection($"{database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={_port};Username={User};Database={database};Timeout=15;Command Timeout=60";

    private async Task<bool> AnswersAsync(Process process)
    {
        var from = TimeProvider.System.GetTimestamp();
        while (!process.HasExited && TimeProvider.System.GetElapsedTime(from) < Patience)
        {
            try
            {
                await ExecuteAsync(ConnectionTo("postgres"), "SELECT 1");
                return !process.HasExited;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50);
            }
        }
        return false;
    }

    private static string[] AsOwner(string program)
    {
        var path = NeedsProgramAttribute.Find(program) ?? throw new InvalidOperationException($"{program} is not installed");
        return Environment.IsPrivilegedProcess
            // Becomes the program, so that its id is the program's.
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path]
            : [path];
    }

    private Process Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Its owner may not read the caller's.
            WorkingDirectory = "/",
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start");
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        await process.WaitForExitAsync().WaitAsync(Patience);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command[0]} failed:\n{string.Join('\n', _output)}");
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }
}
