using AirIsland.Edge.Outbox;
using AirIsland.Edge.Tests.Outbox;
using AirIsland.Edge.Uplink;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Tests.Uplink;

/// <summary>An outbox, the uplink, and the cloud that a test scripts.</summary>
internal sealed class UplinkBench : IAsyncDisposable
{
    public static readonly UplinkOptions Options = new()
    {
        AcknowledgeWithin = TimeSpan.FromSeconds(2),
        ShortestRest = TimeSpan.FromMilliseconds(20),
        LongestRest = TimeSpan.FromMilliseconds(200),
        FencedRest = TimeSpan.FromMilliseconds(300),
        DrainWithin = TimeSpan.Zero,
    };

    private readonly CloudUplink _uplink;
    private bool _isRunning;

    private readonly TcpProxy? _proxy;

    private UplinkBench(ScriptedCloud cloud, OutboxBench outbox, UplinkOptions options, bool hasProxy, params Uri[] first)
    {
        Cloud = cloud;
        Outbox = outbox;
        if (hasProxy) _proxy = new(cloud.Address);
        _uplink = new(new("edge-1", "site", [.. first, _proxy?.Address ?? cloud.Address]), options, outbox.Store, outbox.Status, Log);
    }

    public TcpProxy Proxy => _proxy ?? throw new InvalidOperationException("opened without a proxy");

    public ScriptedCloud Cloud { get; }

    public OutboxBench Outbox { get; }

    public LogLines<CloudUplink> Log { get; } = new();

    /// <summary>The first count of each batch that the cloud stored.</summary>
    public IEnumerable<long> Stored => Cloud.Stored.Where(b => b.PointCount > 0).Select(Count);

    /// <summary>Every count that the cloud stored.</summary>
    public IEnumerable<long> Counts => Cloud.Stored
        .SelectMany(b => BlockReader.Read(b.Payload.ToByteArray(), (BlockEncoding)b.Encoding).Groups)
        .SelectMany(g => g.Columns.SelectMany(c => c.Counts));

    /// <summary>Every gap that the cloud stored.</summary>
    public IEnumerable<BlockGap> Gaps => Cloud.Stored
        .SelectMany(b => BlockReader.Read(b.Payload.ToByteArray(), (BlockEncoding)b.Encoding).Gaps);

    public Task? Running => _uplink.ExecuteTask;

    /// <summary>Batches with the counts 1 to <paramref name="batches"/> wait when the uplink starts.</summary>
    public static async Task<UplinkBench> OpenAsync(
        int batches, UplinkOptions? options = null, OutboxOptions? outbox = null, bool hasProxy = false)
    {
        var bench = new UplinkBench(await ScriptedCloud.StartAsync(), new OutboxBench(outbox), options ?? Options, hasProxy);
        await bench.AppendAsync(1, batches);
        return bench;
    }

    /// <summary>For a cloud of its own making, and with an outbox that is empty.</summary>
    public static UplinkBench Open(ScriptedCloud cloud, UplinkOptions options, params Uri[] first) =>
        new(cloud, new OutboxBench(), options, hasProxy: false, first);

    public static long Count(Proto.Telemetry.V1.Batch batch) =>
        BlockReader.Read(batch.Payload.ToByteArray(), (BlockEncoding)batch.Encoding).Groups[0].Columns[0].Counts[0];

    public Task AppendAsync(int first, int last) =>
        Outbox.AppendAsync([.. Enumerable.Range(first, last - first + 1).Select(n => OutboxBench.Batch(n))]);

    public async Task StartAsync()
    {
        await _uplink.StartAsync(CancellationToken.None);
        _isRunning = true;
    }

    public Task DrainedAsync() => Eventually.HoldsAsync(() => Outbox.Store.State.Pending == 0, "everything acknowledged");

    public async ValueTask DisposeAsync()
    {
        if (_isRunning) await _uplink.StopAsync(CancellationToken.None);
        _uplink.Dispose();
        _proxy?.Dispose();
        await Cloud.DisposeAsync();
        await Outbox.DisposeAsync();
    }
}
