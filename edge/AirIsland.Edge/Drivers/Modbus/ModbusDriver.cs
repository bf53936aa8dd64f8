using System.Runtime.CompilerServices;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// Polls every Modbus device of the site, each scan group on its own grid. Devices with one endpoint share its line; lines share nothing,
/// so a device that fails delays no other line.
/// </summary>
public sealed class ModbusDriver(LineBook lines, ModbusDriverOptions options, TimeProvider time, ModbusReport report)
    : IDriver, IAsyncDisposable
{
    // A few scans may wait for the pipeline; beyond that polls are left out and counted.
    private const int Waiting = 64;

    private readonly Dictionary<EndpointOptions, ModbusLine> _lines = [];
    private readonly Dictionary<string, ModbusDevice> _devices = new(StringComparer.Ordinal);
    private readonly ScanQueue _scans = new(Waiting);
    private readonly CancellationTokenSource _abandoned = new();
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isStopping;

    public async Task ApplyAsync(IReadOnlyList<BoundDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        var wanted = devices.Where(d => d.Profile.Protocol == DeviceProtocol.Modbus).ToDictionary(d => d.Options.Id);
        await _turn.WaitAsync();
        try
        {
            if (_isStopping) return;
            await EndAsync(wanted);
            foreach (var (id, bound) in wanted.Where(w => !_devices.ContainsKey(w.Key))) _devices.Add(id, Begin(bound));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async IAsyncEnumerable<Scan> Read([EnumeratorCancellation] CancellationToken stopping)
    {
        await using var stop = stopping.Register(() => _ = StopAsync());
        try
        {
            await foreach (var scan in _scans.ReadAllAsync())
            {
                report.Status.Scanned(scan);
                yield return scan;
            }
        }
        finally
        {
            await _abandoned.CancelAsync();
            await StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _abandoned.CancelAsync();
        await StopAsync();
        foreach (var line in _lines.Values) await line.DisposeAsync();
        _lines.Clear();
        _abandoned.Dispose();
    }

    /// <summary>Ends the devices that are gone or differ, then the lines that have none left.</summary>
    private async Task EndAsync(Dictionary<string, BoundDevice> wanted)
    {
        var ending = _devices.Values.Where(d => !wanted.TryGetValue(d.Bound.Options.Id, out var bound) || bound != d.Bound).ToArray();
        await Task.WhenAll(ending.Select(d => d.Line.RemoveAsync(d)));
        foreach (var device in ending) _devices.Remove(device.Bound.Options.Id);
        await _scans.ConsumedAsync();
        var used = _devices.Values.Select(d => d.Line).ToHashSet();
        foreach (var (endpoint, line) in _lines.Where(l => !used.Contains(l.Value)).ToArray())
        {
            _lines.Remove(endpoint);
            await line.StopAsync();
            await line.DisposeAsync();
        }
    }

    private async Task StopAsync()
    {
        await _turn.WaitAsync();
        _isStopping = true;
        await Task.WhenAll(_lines.Values.Select(l => l.StopAsync()));
        _scans.Complete();
        _turn.Release();
    }

    private ModbusDevice Begin(BoundDevice bound)
    {
        var line = LineOf(bound.Endpoint ?? throw new ArgumentException($"{bound.Options.Id} has no endpoint", nameof(bound)));
        var device = new ModbusDevice(bound, line, options, time, report);
        line.Add(device);
        return device;
    }

    private ModbusLine LineOf(EndpointOptions endpoint)
    {
        if (_lines.TryGetValue(endpoint, out var line)) return line;
        var client = new ModbusClientOptions
        {
            Timeout = endpoint.Timeout ?? options.Timeout,
            ConnectTimeout = endpoint.ConnectTimeout ?? options.ConnectTimeout,
            Pause = endpoint.Pause ?? options.Pause,
            DelayAfterConnect = endpoint.DelayAfterConnect ?? TimeSpan.Zero,
            // The driver itself leaves a unit alone for so long.
            LateAnswer = endpoint.LateAnswer,
            Echoes = endpoint.Echoes,
            MaxInFlight = endpoint.MaxInFlight,
        };
        var framing = endpoint.EffectiveFraming == LineFraming.Tcp ? ModbusFraming.Tcp : ModbusFraming.Rtu;
        line = new(
            endpoint, new ModbusClient(lines.Line(endpoint), framing, client), options, (time, report.Health.Real), HandOutAsync);
        _lines.Add(endpoint, line);
        _ = SurfaceAsync(line.Begin());
        return line;
    }

    // Abandoned: nobody takes scans any more.
    private async ValueTask HandOutAsync(Scan scan)
    {
        try
        {
            await _scans.WriteAsync(scan, _abandoned.Token);
        }
        catch (OperationCanceledException) when (_abandoned.IsCancellationRequested)
        {
        }
    }

    // A fault that is not the outside world's ends the stream: in a task that nobody awaits it would never be heard of.
    private async Task SurfaceAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.Exception is { } fault) _scans.Complete(fault.InnerException);
    }
}
