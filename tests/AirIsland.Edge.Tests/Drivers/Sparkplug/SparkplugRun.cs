using System.Collections.Concurrent;
using AirIsland.Edge.Drivers.Sparkplug;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests.Drivers.Sparkplug;

/// <summary>A host application at work: what it handed out, and a memory of what was made durable that outlives it.</summary>
internal sealed class SparkplugRun : ISourceMarks, IAsyncDisposable
{
    public static readonly DeviceProfile Profile = Site.Sparkplug(
        Site.Level("VolumeFlowRate", 0) with { Path = "Inputs/Flow", Scale = 1, Resolution = 0.001m, Unit = "m3/min" },
        Site.Level("GaugePressure", 0) with { Path = "Inputs/Pressure", Scale = 1, Resolution = 0.001m },
        Site.Register("AccumulatedVolume", 0) with { Path = "Total", Resolution = 0.1m });

    public static readonly TagTable Tags = Site.Tags(
        (Device("meter", "Plant/gate/meter"), Profile), (Device("other", "Plant/gate/other"), Profile));

    private readonly ConcurrentDictionary<string, RecentInstants> _durable;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Scan> _scans = new();
    private readonly Task _reading;

    public SparkplugRun(
        int port, ConcurrentDictionary<string, RecentInstants>? durable = null, TagTable? tags = null, TimeSpan? rebirthPause = null)
        : this(MqttRun.Broker(port), durable, tags, rebirthPause)
    {
    }

    public SparkplugRun(
        BrokerOptions broker, ConcurrentDictionary<string, RecentInstants>? durable = null, TagTable? tags = null,
        TimeSpan? rebirthPause = null)
    {
        _durable = durable ?? new();
        Driver = new(
            broker,
            new()
            {
                HostId = "air",
                ReorderTimeout = TimeSpan.FromMilliseconds(400),
                RebirthPause = rebirthPause ?? TimeSpan.FromSeconds(30),
            },
            this,
            TimeProvider.System,
            new(Status, Health, Counts, Log));
        _reading = Task.Run(() => ReadAsync(tags ?? Tags));
    }

    /// <summary>Whoever takes the scans waits for it before each.</summary>
    public Task IsTaking { get; set; } = Task.CompletedTask;

    public SparkplugDriver Driver { get; }

    public EdgeStatus Status { get; } = new();

    public HealthBoard Health { get; } = new(TimeProvider.System);

    public SparkplugCounts Counts { get; } = new();

    public LogLines<SparkplugDriver> Log { get; } = new();

    public IReadOnlyList<Scan> Scans => [.. _scans];

    /// <summary>Values of a tag in the order they came, as <c>instant=count quality</c>; a Bad one has no instant: it is of now.</summary>
    public IEnumerable<string> Of(string tag)
    {
        var slot = SlotOf(tag);
        return from scan in _scans
               from reading in scan.Readings
               where reading.Tag == slot
               select reading.Count is { } count ? $"{scan.Instant}={count} {reading.Quality}" : $"{reading.Quality}";
    }

    public static DeviceOptions Device(string id, string topic) => new() { Id = id, Asset = id, Topic = topic };

    public RecentInstants Recent(string key) => _durable.TryGetValue(key, out var known) ? known.Copy() : new();

    public Task SeesAsync(Func<SparkplugRun, bool> condition, string what) => Eventually.HoldsAsync(() => condition(this), what);

    public Task IsConnectedAsync() =>
        SeesAsync(r => r.Log.All.Any(l => l.EndsWith("was connected", StringComparison.Ordinal)), "the connection");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.WaitAsync(TimeSpan.FromSeconds(60)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(_reading.IsCompleted, "the stream did not end");
        await _reading;
        await Driver.DisposeAsync();
        _stop.Dispose();
    }

    private static uint SlotOf(string tag) => Tags.Devices.SelectMany(d => d.Groups.SelectMany(g => g.Points.Select(p => (d, p))))
        .Where(x => $"{x.d.Options.Id}/{x.p.Point.Name}" == tag).Select(x => x.p.Tag).Single();

    private async Task ReadAsync(TagTable tags)
    {
        await Driver.ApplyAsync(tags.Devices);
        await foreach (var scan in Driver.Read(_stop.Token))
        {
            if (scan.Receipt is { SourceTime: { } time } receipt)
            {
                _durable.GetOrAdd(receipt.Key, _ => new()).Add(time);
                receipt.Acknowledge();
            }
            _scans.Enqueue(scan);
            await IsTaking;
        }
    }
}
