using System.Collections.Concurrent;
using AirIsland.Edge.Drivers.Mqtt;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>A driver at work on one meter: what it handed out, and a memory of what was made durable that outlives it.</summary>
internal sealed class MqttRun : ISourceMarks, IAsyncDisposable
{
    public static readonly TagTable Tags = Site.Tags((
        new() { Id = "meter", Asset = "meter", Topic = "site/meter" },
        Site.Mqtt(
            Site.Level("VolumeFlowRate", 0) with { Path = "flow", Scale = 1, Resolution = 0.001m },
            Site.Level("GaugePressure", 0) with { Path = "inner.pressure", Scale = 1, Resolution = 0.001m },
            Site.Register("AccumulatedVolume", 0) with { Path = "total", Resolution = 0.1m })));

    private readonly ConcurrentDictionary<string, RecentInstants> _durable;
    private readonly TagTable _tags;
    private readonly MqttDriver _driver;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Scan> _scans = new();
    private readonly bool _isStoring;
    private readonly bool _isAcknowledging;
    private readonly Task _reading;

    public MqttRun(int port, ConcurrentDictionary<string, RecentInstants>? durable = null, bool isStoring = true, TimeProvider? time = null)
        : this(Broker(port), durable, isStoring, time)
    {
    }

    public MqttRun(
        BrokerOptions broker, ConcurrentDictionary<string, RecentInstants>? durable = null, bool isStoring = true,
        TimeProvider? time = null, bool isAcknowledging = true, TagTable? tags = null)
    {
        _tags = tags ?? Tags;
        _isAcknowledging = isAcknowledging;
        _durable = durable ?? new();
        _isStoring = isStoring;
        _driver = new(broker, this, time ?? TimeProvider.System, new(Status, Health, Log));
        _reading = Task.Run(ReadAsync);
    }

    public EdgeStatus Status { get; } = new();

    public HealthBoard Health { get; } = new(TimeProvider.System);

    public LogLines<MqttDriver> Log { get; } = new();

    public IReadOnlyList<Scan> Scans => [.. _scans];

    /// <summary>Scans with values.</summary>
    public IReadOnlyList<Scan> Good => [.. _scans.Where(s => s.Readings.Any(r => r.Count is not null))];

    /// <summary>Ends with the driver's stream, and as it ends.</summary>
    public Task Reading => _reading;

    public static BrokerOptions Broker(int port) =>
        new()
        {
            Port = port,
            ClientId = "edge-test",
            MaxInFlight = 4,
            LongestRest = TimeSpan.FromMilliseconds(300),
            // A loaded machine is no broker that does not answer.
            Timeout = TimeSpan.FromSeconds(30),
        };

    public RecentInstants Recent(string key) => _durable.TryGetValue(key, out var known) ? known.Copy() : new();

    public Task ApplyAsync(TagTable tags) => _driver.ApplyAsync(tags.Devices);

    public Task IsConnectedAsync() =>
        SeesAsync(r => r.Log.All.Any(l => l.EndsWith("was connected", StringComparison.Ordinal)), "the connection");

    public async Task SeesAsync(Func<MqttRun, bool> condition, string what)
    {
        try
        {
            await Eventually.HoldsAsync(() => condition(this), what);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            var scans = _scans.Select(s => $"{s.Group}@{s.Instant}:{string.Join(',', s.Readings.Select(r => $"{r.Count} {r.Quality}"))}");
            Assert.Fail($"{e.Message}\n{string.Join('\n', Log.All.Concat(scans))}\nagain {Status.Redelivered}, failed {Status.Failures}");
        }
    }

    /// <summary>Connected, and a first message came through.</summary>
    public async Task IsListeningAsync(Mosquitto broker)
    {
        await IsConnectedAsync();
        await broker.PublishAsync("site/meter/level", """{"ts":1,"flow":0,"inner":{"pressure":0}}""");
        await SeesAsync(r => r.Scans.Any(s => s.Instant == 1), "the first message");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.WaitAsync(TimeSpan.FromSeconds(60)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(_reading.IsCompleted, "the stream did not end");
        await _driver.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        await _driver.ApplyAsync(_tags.Devices);
        await foreach (var scan in _driver.Read(_stop.Token))
        {
            // No message, but a word to whoever collects.
            if (scan.IsUrgent) continue;
            if (_isStoring && scan.Receipt is { } receipt)
            {
                if (receipt.SourceTime is { } time) _durable.GetOrAdd(receipt.Key, _ => new()).Add(time, receipt.Content);
                if (_isAcknowledging) receipt.Acknowledge();
            }
            _scans.Enqueue(scan);
        }
    }
}
