using System.Net.Sockets;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Proto.Telemetry.V1;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Uplink;

/// <summary>
/// Brings the outbox to the cloud: keeps one stream open, agrees with the cloud on where to go on, and sends until everything is
/// acknowledged. The one place where failures of the link are caught, and of the disk that does not give what is to be sent.
/// </summary>
public sealed partial class CloudUplink : BackgroundService
{
    private readonly SiteIdentity _site;
    private readonly UplinkOptions _options;
    private readonly OutboxStore _outbox;
    private readonly EdgeStatus _status;
    private readonly ILogger<CloudUplink> _logger;
    private readonly Handshake _handshake;
    private readonly Backoff _link;
    private Task _unfenced = Task.CompletedTask;

    public CloudUplink(SiteIdentity site, UplinkOptions options, OutboxStore outbox, EdgeStatus status, ILogger<CloudUplink> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _site = site;
        _options = options;
        _outbox = outbox;
        _status = status;
        _logger = logger;
        _handshake = new(site, options, outbox, logger);
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
        using var link = new CloudLink(_site.Clouds, _options, _logger);
        var mustRenew = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var end = await ConverseAsync(link, mustRenew, stoppingToken);
            var wasUp = _outbox.Link.IsUp;
            // Between two certificates the link is not down: what comes meanwhile is live.
            _outbox.Link.IsUp = wasUp && end == SessionEnd.Rotated;
            if (end == SessionEnd.Stopped) return;
            if (wasUp && end != SessionEnd.Rotated) _status.Reconnected();
            if (end == SessionEnd.Lost) link.Turn();
            mustRenew = end == SessionEnd.Reused || (mustRenew && end != SessionEnd.Renewed);
            await RestAfter(end).WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task RestAfter(SessionEnd end)
    {
        switch (end)
        {
            case SessionEnd.Fenced:
                // Two clones fence each other for ever: that is one story, told once.
                if (_unfenced.IsCompleted) LogFenced(_logger, _site.Edge, _options.FencedRest.TotalSeconds);
                _unfenced = Task.Delay(_options.FencedRest * 3);
                return Task.Delay(_options.FencedRest);
            case SessionEnd.Rotated:
                return Task.CompletedTask;
            case SessionEnd.Reused or SessionEnd.Renewed:
                return Task.Delay(_options.ShortestRest);
            default:
                return _link.Rest;
        }
    }

    private async Task<SessionEnd> ConverseAsync(CloudLink link, bool mustRenew, CancellationToken stopping)
    {
        using var talking = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var talk = TalkAsync(link, mustRenew, talking.Token);
        var change = link.CertificatesChangedAsync(talking.Token);
        var isRotated = await Task.WhenAny(talk, change) == change;
        await talking.CancelAsync();
        await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            return await talk;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return SessionEnd.Stopped;
        }
        catch (Exception e) when (isRotated && e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            return SessionEnd.Rotated;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Aborted)
        {
            return SessionEnd.Fenced;
        }
        catch (RpcException e)
        {
            var cause = e.Status.DebugException?.GetBaseException();
            Fail(link, $"{e.StatusCode} {cause?.Message ?? e.Status.Detail}", cause is SocketException ? "" : link.Remark);
            return SessionEnd.Lost;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or IOException or OutboxUnreadableException)
        {
            Fail(link, e.Message, "");
            return SessionEnd.Lost;
        }
    }

    private async Task<SessionEnd> TalkAsync(CloudLink link, bool mustRenew, CancellationToken cancellationToken)
    {
        using var channel = link.Open();
        using var call = new Telemetry.TelemetryClient(channel).Stream(cancellationToken: cancellationToken);
        if (await _handshake.AgreeAsync(call, mustRenew, cancellationToken) is not { } welcome) return SessionEnd.Renewed;
        var start = welcome with { Stored = () => LinkWorks(link), HasOthers = _site.Clouds.Count > 1 };
        _outbox.Link.IsUp = true;
        if (!_link.IsFailing) LogUp(_logger, link.Cloud, start.Credit, _outbox.State.Pending);
        using var session = new UplinkSession(call, start, _outbox, _status, _logger);
        var end = await session.RunAsync(cancellationToken);
        if (end == SessionEnd.Lost) Fail(link, "closed by the cloud", "");
        return end;
    }

    // A welcome alone proves nothing: a cloud that refuses what follows it is left alone longer each time.
    private void LinkWorks(CloudLink link)
    {
        if (_link.Recover()) LogWorks(_logger, link.Cloud);
    }

    private void Fail(CloudLink link, string failure, string remark)
    {
        if (_link.Fail(failure)) LogDown(_logger, link.Cloud, failure, remark);
    }
}
