using AirIsland.Edge.Drivers.Brokers;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.Exceptions;

namespace AirIsland.Edge.Northbound;

/// <summary>
/// Shows the site to a SCADA of others as a Sparkplug B edge node: each asset is a device, each tag a metric, changes are sent. It hangs
/// on the pipeline without holding it up; what cannot be sent is kept, bounded, and sent later as historical.
/// </summary>
public sealed partial class SparkplugEdgeNode : BackgroundService, IScanObserver
{
    private readonly NorthboundOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SparkplugEdgeNode> _logger;
    private readonly TagBoard _board;
    private readonly BirthNumbers _numbers;
    private readonly BrokerKeeper _keeper;
    private NodeLink? _link;

    /// <param name="options">How it is called and where it connects; the node's id is given.</param>
    /// <param name="place">Where it keeps its number, and the tags it begins with.</param>
    /// <param name="registry">The declarations behind slots.</param>
    /// <param name="time">Of the site.</param>
    /// <param name="logger">For what an operator has to know.</param>
    public SparkplugEdgeNode(
        NorthboundOptions options, NorthboundPlace place, TagRegistry registry, TimeProvider time, ILogger<SparkplugEdgeNode> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(place);
        (_options, _time, _logger) = (options, time, logger);
        _board = new(registry, options.Kept);
        _board.Show(place.Site);
        _numbers = new(Path.Combine(place.Directory, "sparkplug-birth-number"));
        _keeper = new(options.Broker);
    }

    /// <summary>Samples that were never sent: too many waited.</summary>
    public long Dropped => _board.Dropped;

    private ulong Now => (ulong)Math.Max(0, _time.GetUtcNow().ToUnixTimeMilliseconds());

    public void Observe(Scan scan, TagTable site)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(site);
        if (!_options.Enabled || scan.Readings.Count == 0) return;
        var news = _board.Add(scan, site);
        var link = Volatile.Read(ref _link);
        if (news is null) link?.WantBirth();
        else if (news.Value) link?.Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (_options.Enabled && !stoppingToken.IsCancellationRequested)
        {
            if (await ConverseAsync(stoppingToken) is { } failure && _keeper.Fail(failure))
                LogFailed(_logger, _options.Broker.Host, _options.Broker.Port, failure);
            await _keeper.Rest.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs one connection to its end. Returns why it failed; null when it was ended here.</summary>
    private async Task<string?> ConverseAsync(CancellationToken stopping)
    {
        var number = _numbers.Next();
        var session = new EdgeNodeSession(_options.Group, _options.Node, number);
        using var link = new NodeLink(
            _options.Broker,
            new(_options.Group, SparkplugVerb.NCmd, _options.Node),
            _options.PrimaryHost is { Length: > 0 } host ? host : null);
        try
        {
            var failure = await _keeper.ConverseAsync(link.Connection, OpenAsync, SayConnected, stopping);
            if (failure is null) await link.CloseAsync(session.Death(Now));
            return failure;
        }
        finally
        {
            Volatile.Write(ref _link, null);
        }

        void SayConnected() => LogConnected(_logger, _options.Broker.Host, _options.Broker.Port, _options.Node, number);

        async Task<Task> OpenAsync(BrokerSecrets secrets)
        {
            await link.OpenAsync(secrets, session.Death(Now), stopping);
            Volatile.Write(ref _link, link);
            return SpeakAsync(link, session, stopping);
        }
    }

    /// <summary>Ends when the primary host went away: the node has to begin anew.</summary>
    private async Task SpeakAsync(NodeLink link, EdgeNodeSession session, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, link.Connection.Lost);
        while (!link.IsHeard) await link.NewsAsync(ending.Token);
        await BearAsync(link, session);
        while (true)
        {
            ending.Token.ThrowIfCancellationRequested();
            if (!link.IsHeard)
            {
                LogUnheard(_logger, _options.PrimaryHost);
                return;
            }
            if (link.TakeWish()) await BearAsync(link, session);
            if (_board.Take() is { Count: > 0 } samples) await SendAsync(link, session, samples);
            else await link.NewsAsync(ending.Token);
        }
    }

    private async Task BearAsync(NodeLink link, EdgeNodeSession session)
    {
        var assets = _board.Begin(Now);
        await link.SendAsync(session.Birth(Now, []));
        foreach (var (asset, metrics) in assets) await link.SendAsync(session.DeviceBirth(asset, Now, metrics));
        LogBorn(_logger, assets.Count);
    }

    private async Task SendAsync(NodeLink link, EdgeNodeSession session, IReadOnlyList<(BoardTag Tag, Sample Sample)> samples)
    {
        try
        {
            var asset = samples[0].Tag.Asset;
            var data = samples.Select(s => s.Tag.Data(s.Sample)).ToList();
            if (!session.Lives(asset)) data = await BearAsync(link, session, asset, data);
            if (data.Count > 0) await link.SendAsync(session.DeviceData(asset, Now, data));
            if (!_board.IsReached(asset)) await link.SendAsync(session.DeviceDeath(asset, Now));
        }
        catch (Exception e) when (e is OperationCanceledException or MqttCommunicationException)
        {
            _board.GiveBack(samples);
            throw;
        }
    }

    /// <summary>A device that answers again is born. Returns what its birth did not state: that is late now.</summary>
    private async Task<List<SparkplugMetric>> BearAsync(NodeLink link, EdgeNodeSession session, string asset, List<SparkplugMetric> data)
    {
        var birth = _board.Birth(asset, Now);
        await link.SendAsync(session.DeviceBirth(asset, Now, birth));
        var stated = birth.Select(m => (m.Alias, m.Timestamp)).ToHashSet();
        return [.. data.Where(m => !stated.Contains((m.Alias, m.Timestamp))).Select(m => m with { IsHistorical = true })];
    }
}
