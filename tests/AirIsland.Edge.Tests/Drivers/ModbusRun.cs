using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>A Modbus driver at work, and everything it says. Its devices may change while it runs.</summary>
internal sealed class ModbusRun : IAsyncDisposable
{
    private readonly TagRegistry _registry = new();
    private readonly LineBook _lines = new();
    private readonly IReadOnlyList<EndpointOptions> _endpoints;
    private readonly ModbusDriver _driver;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Scan> _scans = new();
    private Task _reading = Task.CompletedTask;

    private ModbusRun(ModbusDriverOptions options, IReadOnlyList<EndpointOptions> endpoints, TimeProvider time)
    {
        _endpoints = endpoints;
        _driver = new(_lines, options, time, new(Status, Health, Log));
    }

    public EdgeStatus Status { get; } = new();

    public HealthBoard Health { get; } = new(TimeProvider.System);

    public LogLines<ModbusDriver> Log { get; } = new();

    public TagTable Tags { get; private set; } = Site.Tags();

    /// <summary>Handed out so far, in their order.</summary>
    public IReadOnlyList<Scan> Scans => [.. _scans];

    public static Task<ModbusRun> StartAsync(
        ModbusDriverOptions options,
        IReadOnlyList<EndpointOptions> endpoints,
        params IReadOnlyList<(DeviceOptions Device, DeviceProfile Profile)> devices) =>
        StartAsync(options, endpoints, TimeProvider.System, devices);

    /// <summary>The same with another site time.</summary>
    public static async Task<ModbusRun> StartAsync(
        ModbusDriverOptions options,
        IReadOnlyList<EndpointOptions> endpoints,
        TimeProvider time,
        params IReadOnlyList<(DeviceOptions Device, DeviceProfile Profile)> devices)
    {
        var run = new ModbusRun(options, endpoints, time);
        await run._lines.ApplyAsync(endpoints);
        await run.ApplyAsync(devices);
        run._reading = Task.Run(run.ReadAsync);
        return run;
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public Task ApplyAsync(IReadOnlyList<(DeviceOptions Device, DeviceProfile Profile)> devices)
    {
        Tags = Site.Tags(_registry, _endpoints, devices);
        return _driver.ApplyAsync(Tags.Devices);
    }

    /// <summary>The lines of the site become others, the devices stay.</summary>
    public Task ChangeLinesAsync(IReadOnlyList<EndpointOptions> endpoints) => _lines.ApplyAsync(endpoints);

    /// <summary>Instants of a device's scans that hold values, in their order.</summary>
    public IReadOnlyList<long> Instants(string device) =>
        [.. Of(device).Where(s => s.Readings.Any(r => r.Count is not null)).Select(s => s.Instant)];

    public IReadOnlyList<Scan> Of(string device) =>
        [.. _scans.Where(s => s.Group.StartsWith($"{device}/", StringComparison.Ordinal))];

    /// <summary>All readings of a tag, in their order.</summary>
    public IReadOnlyList<Reading> Readings(string device, string point)
    {
        var slot = _registry.SlotsOf([Tags.Tags.Single(t => t.Id == $"test/{device}/{point}")])[0];
        return [.. _scans.SelectMany(s => s.Readings).Where(r => r.Tag == slot)];
    }

    public Task SeesAsync(Func<ModbusRun, bool> condition, string what, int seconds = 30) => Eventually.HoldsAsync(
        () =>
        {
            // A driver that failed shall say why.
            if (_reading.IsFaulted) _reading.GetAwaiter().GetResult();
            return condition(this);
        },
        what,
        seconds);

    public Task SeesAsync(string device, int values) =>
        SeesAsync(r => r.Instants(device).Count >= values, $"{values} scans of {device}");

    /// <summary>No reading of a value is any but these counts: a failure is never a number.</summary>
    public void HasNoOtherCount(string device, string point, params long[] counts) => Assert.All(
        Readings(device, point),
        r => Assert.True(r.Count is { } c ? counts.Contains(c) && r.Quality == Quality.Good : r.Quality.Level == QualityLevel.Bad, $"{r}"));

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _reading.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _driver.DisposeAsync();
        await _lines.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var scan in _driver.Read(_stop.Token)) _scans.Enqueue(scan);
    }
}
