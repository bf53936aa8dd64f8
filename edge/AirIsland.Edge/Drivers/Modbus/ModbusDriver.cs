using System.Runtime.CompilerServices;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// Polls every Modbus device of the site, each scan group on its own grid. Devices with one endpoint share one connection, so a
/// gateway sees one request at a time; nothing else is shared, so a device that fails delays no other endpoint.
/// </summary>
public sealed class ModbusDriver(
    LineBook lines, ModbusDriverOptions options, TimeProvider time, EdgeStatus status, ILogger<ModbusDriver> logger)
    : IDriver, IAsyncDisposable
{
    // A few scans may wait for the pipeline; beyond that polls are left out and counted.
    private const int Waiting = 64;

    private readonly Dictionary<EndpointOptions, ModbusClient> _lines = [];
    private readonly Dictionary<string, Polling> _polling = new(StringComparer.Ordinal);
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
            await EndAsync(wanted);
            foreach (var (id, device) in wanted.Where(w => !_isStopping && !_polling.ContainsKey(w.Key))) _polling.Add(id, Begin(device));
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
                status.Scanned(scan);
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
        foreach (var client in _lines.Values) await client.DisposeAsync();
        foreach (var polling in _polling.Values) polling.Dispose();
        _abandoned.Dispose();
    }

    private async Task EndAsync(Dictionary<string, BoundDevice> wanted)
    {
        foreach (var (id, polling) in _polling.Where(p => !wanted.TryGetValue(p.Key, out var d) || d != p.Value.Device).ToArray())
        {
            _polling.Remove(id);
            await polling.EndAsync();
            polling.Dispose();
        }
        await _scans.ConsumedAsync();
        var used = wanted.Values.Select(d => d.Endpoint).ToHashSet();
        foreach (var (endpoint, client) in _lines.Where(l => !used.Contains(l.Key)).ToArray())
        {
            _lines.Remove(endpoint);
            await client.DisposeAsync();
        }
    }

    private async Task StopAsync()
    {
        await _turn.WaitAsync();
        _isStopping = true;
        await Task.WhenAll(_polling.Values.Select(p => p.EndAsync()));
        _scans.Complete();
        _turn.Release();
    }

    private Polling Begin(BoundDevice bound)
    {
        var device = new ModbusDevice(bound, ClientOf(bound.Endpoint!), options, status, logger);
        var polling = new Polling(bound);
        polling.Begin(bound.Groups.Select(g => new GroupPoller(device, g, options.Tolerance, time, status)), _scans, _abandoned.Token);
        return polling;
    }

    private ModbusClient ClientOf(EndpointOptions endpoint)
    {
        if (_lines.TryGetValue(endpoint, out var client)) return client;
        var limits = new ModbusClientOptions
        {
            Timeout = endpoint.Timeout ?? options.Timeout,
            ConnectTimeout = endpoint.ConnectTimeout ?? options.ConnectTimeout,
            Pause = endpoint.Pause ?? options.Pause,
            DelayAfterConnect = endpoint.DelayAfterConnect ?? TimeSpan.Zero,
            LateAnswer = endpoint.LateAnswer,
            Echoes = endpoint.Echoes,
        };
        var framing = endpoint.EffectiveFraming == LineFraming.Tcp ? ModbusFraming.Tcp : ModbusFraming.Rtu;
        client = new ModbusClient(lines.Line(endpoint), framing, limits);
        _lines.Add(endpoint, client);
        return client;
    }

    private sealed class Polling(BoundDevice device) : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _loops = Task.CompletedTask;

        public BoundDevice Device => device;

        public void Begin(IEnumerable<GroupPoller> groups, ScanQueue scans, CancellationToken abandoned) =>
            _loops = SurfaceAsync([.. groups.Select(g => g.RunAsync(scans, _stop.Token, abandoned))], scans);

        public async Task EndAsync()
        {
            await _stop.CancelAsync();
            await _loops;
        }

        public void Dispose() => _stop.Dispose();

        // A fault that is not the outside world's ends the stream: in a task that nobody awaits it would never be heard of.
        private static async Task SurfaceAsync(Task[] loops, ScanQueue scans)
        {
            await foreach (var loop in Task.WhenEach(loops))
            {
                if (loop.Exception is { } fault) scans.Complete(fault.InnerException);
            }
        }
    }
}
