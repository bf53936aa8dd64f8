namespace AirIsland.Demo.Summary;

/// <summary>A part in this process. It cannot be killed by itself.</summary>
internal sealed class HostPart(Func<IHost> build) : IChainPart
{
    private IHost? _host;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _host = build();
        await _host.StartAsync(cancellationToken);
    }

    public async Task StopAsync()
    {
        if (_host is null) return;
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else _host.Dispose();
        _host = null;
    }

    public Task KillAndRestartAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("a part of this process cannot be killed by itself");

    public async ValueTask DisposeAsync() => await StopAsync();
}
