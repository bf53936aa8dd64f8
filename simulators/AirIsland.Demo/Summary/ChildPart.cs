using System.Diagnostics;
using System.Globalization;

namespace AirIsland.Demo.Summary;

/// <summary>A part as a process of its own, on the parent's clock.</summary>
internal sealed class ChildPart(DemoRole role, DemoOptions options, (DateTimeOffset Start, DateTimeOffset Origin) clock, string[] settings)
    : IChainPart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Process? _process;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (file, first) = Self();
        var start = new ProcessStartInfo(file) { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in first.Concat(Arguments())) start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start");
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        if (_process is not { HasExited: false } process) return;
        using (var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await terminate.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async Task KillAndRestartAsync(CancellationToken cancellationToken)
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(cancellationToken);
            process.Dispose();
        }
        await StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private IEnumerable<string> Arguments() =>
    [
        "--role", role.ToString(), "--speed", options.Speed.ToString(CultureInfo.InvariantCulture), "--clock",
        string.Create(CultureInfo.InvariantCulture, $"{clock.Start:O}@{clock.Origin:O}"), "--data", options.Data,
        .. settings.SelectMany(s => (string[])["--set", s.TrimStart('-')]),
    ];

    /// <summary>This program: its own executable, or the runtime with its assembly.</summary>
    private static (string File, string[] First) Self()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "AirIsland.Demo.dll");
        var executable = Path.ChangeExtension(assembly, null);
        return File.Exists(executable) ? (executable, []) : ("dotnet", [assembly]);
    }
}
