using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Proto.Telemetry.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Lane = AirIsland.Edge.Outbox.Lane;

namespace AirIsland.Edge.Uplink;

/// <summary>One conversation with the cloud, from Welcome to its end: sends within the window, and takes acknowledgements.</summary>
internal sealed partial class UplinkSession : IDisposable
{
    private readonly AsyncDuplexStreamingCall<Up, Down> _call;
    private readonly OutboxStore _outbox;
    private readonly EdgeStatus _status;
    private readonly ILogger _logger;
    private readonly UplinkStart _start;
    private readonly ulong _epoch;
    private readonly SendWindow _window;
    private readonly HashSet<ByteString> _catalogues = [];
    private readonly HashSet<ByteString> _lost = [];
    private readonly ConcurrentDictionary<(Lane, long), bool> _unknown = [];
    private readonly Backoff _retry;
    private Task? _refused;

    public UplinkSession(AsyncDuplexStreamingCall<Up, Down> call, UplinkStart start, OutboxStore outbox, EdgeStatus status, ILogger logger)
    {
        _call = call;
        _outbox = outbox;
        _status = status;
        _logger = logger;
        _start = start;
        _epoch = outbox.State.Epoch;
        _window = new(start.From, (int)Math.Min(start.Credit, int.MaxValue), start.Options);
        if (start.KnownCatalogue is { } id) _catalogues.Add(id);
        _retry = new(start.Options.ShortestRest, start.Options.LongestRest);
    }

    /// <summary>Runs until the link ends, one way or the other.</summary>
    /// <exception cref="RpcException">The link broke.</exception>
    /// <exception cref="IOException">The cloud broke the contract, or stored nothing for long while there are others.</exception>
    /// <exception cref="OperationCanceledException">The edge stops, or acknowledgements did not come.</exception>
    public async Task<SessionEnd> RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            [cancellationToken, .. _start.From.Keys.Select(_window.Late)]);
        var sending = SendAsync(ending.Token);
        var receiving = ReceiveAsync(ending.Token);
        await Task.WhenAny(sending, receiving);
        // When writing failed, reading learns why from the cloud's status.
        await ((Task)receiving).WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ending.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (sending.Exception?.InnerException is { } failure && !IsOfTheLink(failure)) ExceptionDispatchInfo.Throw(failure);
        foreach (var lane in _start.From.Keys.Where(l => _window.Late(l).IsCancellationRequested))
            throw new TimeoutException($"no acknowledgement on lane {lane} in time");
        return await receiving;
    }

    public void Dispose() => _window.Dispose();

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _retry.Rest.WaitAsync(cancellationToken);
            if (!_window.TryNext(_outbox.State, out var lane, out var sequence))
            {
                await _outbox.ChangedAsync(cancellationToken);
                continue;
            }
            var batch = _outbox.Read(lane, sequence) ?? await FillAsync(lane, sequence);
            if (!await IntroduceAsync(batch, cancellationToken)) batch = await UncatalogueAsync(batch, cancellationToken);
            await _call.RequestStream.WriteAsync(new Up { Batch = BatchMapper.ToBatch(batch) }, cancellationToken);
        }
    }

    private async ValueTask<StoredBatch> FillAsync(Lane lane, long sequence)
    {
        LogMissing(_logger, lane, sequence);
        await _outbox.FillAsync(lane, sequence);
        return _outbox.Read(lane, sequence) ?? throw new InvalidDataException($"the outbox lost {lane} {sequence} twice");
    }

    // Batches may be older than the catalogue in use: each catalogue goes before its first batch. One that is lost here the cloud has from
    // when it was in use; false when it has said that it has not.
    private async ValueTask<bool> IntroduceAsync(StoredBatch batch, CancellationToken cancellationToken)
    {
        var key = ByteString.CopyFrom(batch.Catalogue);
        if (_lost.Contains(key)) return false;
        var isUnknown = _unknown.TryRemove((batch.Lane, batch.Sequence), out _);
        if (!_catalogues.Add(key) && !isUnknown) return true;
        if (_outbox.ReadCatalogue(batch.Catalogue) is { } canonical)
            await _call.RequestStream.WriteAsync(new Up { Catalogue = Catalogue.Parser.ParseFrom(canonical) }, cancellationToken);
        else if (isUnknown && _lost.Add(key)) LogUncatalogued(_logger, batch.Lane, batch.Sequence);
        return !_lost.Contains(key);
    }

    private async ValueTask<StoredBatch> UncatalogueAsync(StoredBatch batch, CancellationToken cancellationToken)
    {
        await _outbox.UncatalogueAsync(batch.Lane, batch.Sequence);
        _status.GaveUp(batch.Block.PointCount);
        var gap = _outbox.Read(batch.Lane, batch.Sequence);
        return gap is not null && await IntroduceAsync(gap, cancellationToken)
            ? gap
            : throw new InvalidDataException($"the outbox lost {batch.Lane} {batch.Sequence} or the catalogue in use");
    }

    private async Task<SessionEnd> ReceiveAsync(CancellationToken cancellationToken)
    {
        await foreach (var down in _call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (down.Ack is not { } ack || ack.Epoch != _epoch || !_start.From.ContainsKey((Lane)ack.Lane)) continue;
            var (lane, sequence) = ((Lane)ack.Lane, (long)ack.Sequence);
            var place = _window.Place(lane, sequence);
            // Believed, it would delete what was never sent.
            if (place > 0) throw new IOException($"the cloud answered to batch {lane} {sequence}, which was not sent");
            if (place == 0 && await TakeAsync(ack, lane, sequence) is { } end) return end;
        }
        return SessionEnd.Lost;
    }

    private async ValueTask<SessionEnd?> TakeAsync(Ack ack, Lane lane, long sequence)
    {
        _window.Grant(ack.Credit);
        Judge(ack.Status);
        switch (ack.Status)
        {
            case Proto.Telemetry.V1.Status.Stored:
                _status.WasAcknowledged();
                _start.Stored();
                Advance(lane, sequence);
                if (_retry.Recover()) LogRetriesEnded(_logger);
                break;
            case Proto.Telemetry.V1.Status.Retry or Proto.Telemetry.V1.Status.CatalogueUnknown:
                if (ack.Status == Proto.Telemetry.V1.Status.CatalogueUnknown) _unknown[(lane, sequence)] = true;
                _window.Rewind(lane, sequence);
                // The answers to one burst of batches are one failure.
                if (!_retry.IsResting && _retry.Fail(ack.Reason)) LogRetry(_logger, lane, sequence, ack.Reason);
                break;
            case Proto.Telemetry.V1.Status.Rejected:
                LogRejected(_logger, lane, sequence, ack.Reason);
                _status.WasRejected();
                await _outbox.RejectAsync(lane, sequence, ack.Reason);
                Advance(lane, sequence);
                break;
            case Proto.Telemetry.V1.Status.SequenceReused:
                LogSequenceReused(_logger, lane, sequence, ack.Reason);
                return SessionEnd.Reused;
            case Proto.Telemetry.V1.Status.Fenced:
                return SessionEnd.Fenced;
        }
        _outbox.Nudge();
        return null;
    }

    // A cloud that only says Retry is alive, and of no use as long as another one may take batches.
    private void Judge(Proto.Telemetry.V1.Status status)
    {
        if (status is not (Proto.Telemetry.V1.Status.Retry or Proto.Telemetry.V1.Status.CatalogueUnknown)) _refused = null;
        else if ((_refused ??= Task.Delay(_start.Options.StoreWithin)).IsCompleted && _start.HasOthers)
            throw new IOException($"the cloud stored nothing for {_start.Options.StoreWithin.TotalSeconds} s");
    }

    // Reading tells how the link ended; a write only that it did, and in more than one way.
    private static bool IsOfTheLink(Exception failure) =>
        failure is RpcException or IOException or OperationCanceledException or InvalidOperationException;

    private void Advance(Lane lane, long sequence)
    {
        _window.Acknowledge(lane, sequence);
        _outbox.Acknowledge(lane, sequence);
    }
}
