using System.Runtime.CompilerServices;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>
/// Polls every DL/T 645 meter of the site, each scan group on its own grid. Meters of one endpoint take turns on its line; endpoints share
/// nothing.
/// </summary>
public sealed class Dlt645Driver(LineBook lines, Dlt645DriverOptions options, TimeProvider time, Dlt645Report report)
    : IDriver, IAsyncDisposable
{
    // A few scans may wait for the pipeline; beyond that polls are left out and counted.
    private const int Waiting = 64;

    private readonly Dictionary<EndpointOptions, MeterLine> _lines = [];
    private readonly Dictionary<string, PolledMeter> _meters = new(StringComparer.Ordinal);
    private readonly ScanQueue _scans = new(Waiting);
    private readonly CancellationTokenSource _abandoned = new();
    private readonly SemaphoreSlim _turn = new(1);
    private MeterLine[] _open = [];
    private bool _isStopping;

    /// <summary>What each line has carried so far. Read at any time from any thread.</summary>
    public IReadOnlyList<MeterLineCounts> Counts => [.. Volatile.Read(ref _open).Select(line => line.Counts)];

    public async Task ApplyAsync(IReadOnlyList<BoundDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        var wanted = devices.Where(d => d.Profile.Protocol == DeviceProtocol.Dlt645).ToDictionary(d => d.Options.Id);
        await _turn.WaitAsync();
        try
        {
            await EndAsync(wanted);
            foreach (var (id, device) in wanted.Where(w => !_isStopping && !_meters.ContainsKey(w.Key))) _meters.Add(id, Begin(device));
            Volatile.Write(ref _open, [.. _lines.Values]);
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
        foreach (var meter in _meters.Values) meter.Dispose();
        _abandoned.Dispose();
    }

    private async Task EndAsync(Dictionary<string, BoundDevice> wanted)
    {
        var over = _meters.Where(m => !wanted.TryGetValue(m.Key, out var device) || device != m.Value.Meter.Bound).ToArray();
        // All at once: those of one line wait for each other's turns.
        await Task.WhenAll(over.Select(m => m.Value.EndAsync()));
        foreach (var (id, meter) in over)
        {
            _meters.Remove(id);
            report.Health.Remove(meter.Meter.Gauge);
            meter.Dispose();
        }
        await _scans.ConsumedAsync();
        var used = wanted.Values.Select(d => d.Endpoint).ToHashSet();
        foreach (var (endpoint, line) in _lines.Where(l => !used.Contains(l.Key)).ToArray())
        {
            _lines.Remove(endpoint);
            await line.DisposeAsync();
        }
    }

    private async Task StopAsync()
    {
        await _turn.WaitAsync();
        _isStopping = true;
        await Task.WhenAll(_meters.Values.Select(m => m.EndAsync()));
        _scans.Complete();
        _turn.Release();
    }

    private PolledMeter Begin(BoundDevice bound)
    {
        var meter = new Meter(bound, LineOf(bound), options, report);
        var polled = new PolledMeter(meter);
        polled.Begin(bound.Groups.Select(g => new ItemPoller(meter, g, options.Tolerance, time)), _scans, _abandoned.Token);
        return polled;
    }

    private MeterLine LineOf(BoundDevice bound)
    {
        var endpoint = bound.Endpoint ?? throw new InvalidOperationException($"{bound.Options.Id} has no endpoint");
        if (_lines.TryGetValue(endpoint, out var line)) return line;
        line = new(lines.Line(endpoint), endpoint, options);
        _lines.Add(endpoint, line);
        return line;
    }
}
