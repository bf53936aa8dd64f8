using System.Runtime.InteropServices;

namespace AirIsland.Demo;

/// <summary>
/// Several hosts in one process: one owner of the signals, start in the given order, stop in the reverse. A host that stops on its own
/// ends the group, and that counts as a failure.
/// </summary>
internal sealed class HostGroup : IAsyncDisposable
{
    private readonly Stack<IHost> _started = new();
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _signals;
    private volatile bool _stopping;

    public HostGroup() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
    ];

    /// <summary>Ends with 0 at a signal, with 1 when a host gave up.</summary>
    public Task<int> Ended => _ended.Task;

    /// <summary>Starts a host and keeps it; one that does not start is disposed and is not of the group.</summary>
    public async Task StartAsync(IHost host, CancellationToken cancellationToken)
    {
        try
        {
            // Made before the start, which would write a stack trace for what is only a mistake in the settings.
            _ = host.Services.GetServices<IHostedService>().Count();
        }
        catch
        {
            host.Dispose();
            throw;
        }
        _started.Push(host);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
        {
            if (!_stopping) _ended.TrySetResult(1);
        });
        await host.StartAsync(cancellationToken);
    }

    /// <summary>Stops and disposes the host that was started last.</summary>
    public async Task StopLastAsync()
    {
        _stopping = true;
        if (!_started.TryPop(out var host)) return;
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else host.Dispose();
        _stopping = false;
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.Count > 0) await StopLastAsync();
        foreach (var signal in _signals) signal.Dispose();
    }

    // The first signal stops in order; a second one has its usual effect.
    private void OnSignal(PosixSignalContext context) => context.Cancel = _ended.TrySetResult(0);
}
