using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// Polls every Modbus TCP device of the site, each scan group on its own grid. Devices with one endpoint share one connection, so a
/// gateway sees one request at a time; nothing else is shared, so a device that fails delays no other endpoint.
/// </summary>
public sealed class ModbusDriver : IDriver, IAsyncDisposable
{
    // A few scans may wait for the pipeline; beyond that polls are left out and counted.
    private const int Waiting = 64;

    private readonly Dictionary<string, ModbusClient> _endpoints = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<GroupPoller> _pollers = [];
    private readonly EdgeStatus _status;

    public ModbusDriver(TagTable tags, ModbusDriverOptions options, TimeProvider time, EdgeStatus status, ILogger<ModbusDriver> logger)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(options);
        _status = status;
        foreach (var bound in tags.Devices.Where(d => d.Profile.Protocol == DeviceProtocol.Modbus))
        {
            var device = new ModbusDevice(bound, ClientOf(bound.Options.Endpoint, options), options, status, logger);
            _pollers.AddRange(bound.Groups.Select(g => new GroupPoller(device, g, options.Tolerance, time, status)));
        }
    }

    public async IAsyncEnumerable<Scan> Read([EnumeratorCancellation] CancellationToken stopping)
    {
        var scans = Channel.CreateBounded<Scan>(new BoundedChannelOptions(Waiting) { SingleReader = true });
        using var abandoned = new CancellationTokenSource();
        var polling = PollAsync(scans.Writer, stopping, abandoned.Token);
        try
        {
            // Not with `stopping`: what the last polls read is still handed out.
            await foreach (var scan in scans.Reader.ReadAllAsync(CancellationToken.None))
            {
                _status.Scanned(scan);
                yield return scan;
            }
        }
        finally
        {
            await abandoned.CancelAsync();
            await polling;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _endpoints.Values) await client.DisposeAsync();
    }

    private async Task PollAsync(ChannelWriter<Scan> scans, CancellationToken stop, CancellationToken abandoned)
    {
        var loops = _pollers.Select(p => p.RunAsync(scans, stop, abandoned)).ToArray();
        await foreach (var loop in Task.WhenEach(loops))
        {
            if (loop.IsFaulted) scans.TryComplete(loop.Exception);
        }
        scans.TryComplete();
    }

    private ModbusClient ClientOf(string? endpoint, ModbusDriverOptions options)
    {
        var (host, port) = Endpoint.Parse(endpoint);
        if (_endpoints.TryGetValue($"{host}:{port}", out var client)) return client;
        var limits = new ModbusClientOptions { Timeout = options.Timeout, ConnectTimeout = options.ConnectTimeout, Pause = options.Pause };
        client = new ModbusClient(host, port, limits);
        _endpoints.Add($"{host}:{port}", client);
        return client;
    }
}
