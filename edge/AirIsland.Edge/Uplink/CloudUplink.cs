using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Lane = AirIsland.Edge.Outbox.Lane;

namespace AirIsland.Edge.Uplink;

/// <summary>
/// Brings the outbox to the cloud: keeps one stream open, agrees with the cloud on where to go on, and sends until everything is
/// acknowledged. The one place where failures of the link are caught.
/// </summary>
public sealed partial class CloudUplink : BackgroundService
{
    private readonly SiteIdentity _site;
    private readonly UplinkOptions _options;
    private readonly OutboxStore _outbox;
    private readonly EdgeStatus _status;
    private readonly ILogger<CloudUplink> _logger;
    private readonly Backoff _link;

    public CloudUplink(SiteIdentity site, UplinkOptions options, OutboxStore outbox, EdgeStatus status, ILogger<CloudUplink> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _site = site;
        _options = options;
        _outbox = outbox;
        _status = status;
        _logger = logger;
        _link = new(options.ShortestRest, options.LongestRest);
    }

    /// <summary>
    /// Waits until everything is acknowledged, for a bounded time, then closes the stream. What is left is sent after the next start.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.DrainWithin);
        while (_outbox.State.Pending > 0 && !deadline.IsCancellationRequested)
            await Task.Delay(20, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_outbox.State.Pending > 0) LogLeft(_logger, _outbox.State.Pending);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var channel = OpenChannel();
        var client = new Telemetry.TelemetryClient(channel);
        while (!stoppingToken.IsCancellationRequested)
        {
            var end = await ConverseAsync(client, stoppingToken);
            var wasUp = _outbox.Link.IsUp;
            _outbox.Link.IsUp = false;
            if (end == SessionEnd.Stopped) return;
            if (wasUp) _status.Reconnected();
            if (end == SessionEnd.Fenced) LogFenced(_logger, _site.Edge, _options.FencedRest.TotalSeconds);
            var rest = end switch
            {
                SessionEnd.Fenced => Task.Delay(_options.FencedRest, CancellationToken.None),
                SessionEnd.NewEpoch => Task.Delay(_options.ShortestRest, CancellationToken.None),
                _ => _link.Rest,
            };
            await rest.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private GrpcChannel OpenChannel() => GrpcChannel.ForAddress(_site.Cloud, new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            // A proxy variable in the environment would catch loopback traffic too.
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            KeepAlivePingDelay = _options.KeepAlive,
            KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        },
    });

    private async Task<SessionEnd> ConverseAsync(Telemetry.TelemetryClient client, CancellationToken stopping)
    {
        using var talking = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            using var call = client.Stream(cancellationToken: talking.Token);
            if (await AgreeAsync(call, talking.Token) is not { } start) return SessionEnd.NewEpoch;
            _outbox.Link.IsUp = true;
            _link.Recover();
            LogUp(_logger, _site.Cloud, start.Credit, _outbox.State.Pending);
            using var session = new UplinkSession(call, start, _outbox, _status, _logger);
            var end = await session.RunAsync(talking.Token);
            if (end == SessionEnd.Lost) Fail("closed by the cloud");
            return end;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return SessionEnd.Stopped;
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or TimeoutException or IOException)
        {
            Fail(e is RpcException rpc ? $"{rpc.StatusCode}" : e.Message);
            return SessionEnd.Lost;
        }
    }

    /// <summary>
    /// Says what the outbox holds and hears what the cloud has. Null when the two do not fit and a new epoch was started.
    /// </summary>
    private async Task<UplinkStart?> AgreeAsync(AsyncDuplexStreamingCall<Up, Down> call, CancellationToken cancellationToken)
    {
        var state = _outbox.State;
        var catalogue = ByteString.CopyFrom(_outbox.Catalogue.Id);
        var hello = new Hello { Edge = _site.Edge, Station = _site.Station, Epoch = state.Epoch, Catalogue = catalogue };
        foreach (var lane in (Lane[])[Lane.Live, Lane.Backfill])
        {
            var sequence = state[lane].Acknowledged;
            hello.Watermarks.Add(new Watermark
            {
                Epoch = state.Epoch,
                Lane = (Proto.Telemetry.V1.Lane)lane,
                Sequence = (ulong)sequence,
                Crc32C = _outbox.Read(lane, sequence)?.Block.Crc32C ?? 0,
            });
        }
        await call.RequestStream.WriteAsync(new Up { Hello = hello }, cancellationToken);
        if (!await call.ResponseStream.MoveNext(cancellationToken).WaitAsync(_options.AcknowledgeWithin, cancellationToken))
            throw new IOException("closed by the cloud before a welcome");
        if (call.ResponseStream.Current.Welcome is not { } welcome) throw new IOException("the cloud's first word was no welcome");

        var cloud = welcome.Watermarks.Where(w => w.Epoch == state.Epoch)
            .ToDictionary(w => (Lane)w.Lane, w => ((long)w.Sequence, w.Crc32C));
        var plan = ResumePlan.Of(_outbox.State, cloud, (lane, sequence) => _outbox.Read(lane, sequence)?.Block.Crc32C);
        if (plan.NewEpochBecause is { } because)
        {
            LogNewEpoch(_logger, because);
            await _outbox.RenewAsync((_, lane) => plan.From[lane]);
            return null;
        }
        foreach (var (lane, sequence) in plan.From) await ResumeAsync(lane, sequence);
        return new(plan.From, welcome.Credit, welcome.CatalogueWanted ? null : hello.Catalogue, _options);
    }

    private async ValueTask ResumeAsync(Lane lane, long sequence)
    {
        var acknowledged = _outbox.State[lane].Acknowledged;
        if (sequence > acknowledged) _outbox.Acknowledge(lane, sequence);
        if (sequence >= acknowledged) return;
        LogCloudIsOlder(_logger, lane, sequence, acknowledged);
        await _outbox.ResumeAsync(lane, sequence);
    }

    private void Fail(string failure)
    {
        if (_link.Fail(failure)) LogDown(_logger, _site.Cloud, failure);
    }
}
