using System.Text.RegularExpressions;
using AirIsland.Cloud.Access;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using Grpc.Core;
using RpcStatus = Grpc.Core.Status;

namespace AirIsland.Cloud.Ingest;

/// <summary>
/// The ingester: journal first, then the acknowledgement, then, beside it, the station. A station that fails or is slow never holds an
/// acknowledgement back.
/// </summary>
public sealed partial class IngestService(StreamParts parts, EdgeFence fence, EdgeTrust trust, ILogger<IngestService> logger)
    : Telemetry.TelemetryBase
{
    private IngestScope Scope => parts.Scope;

    public override async Task Stream(
        IAsyncStreamReader<Up> requestStream, IServerStreamWriter<Down> responseStream, ServerCallContext context)
    {
        var edge = "";
        try
        {
            if (!Scope.Enter()) throw Refusal.Streams(Scope.Limits.Streams);
            var hello = await HelloAsync(requestStream, context.CancellationToken);
            edge = hello.Edge;
            // Before anything else: who is not this edge must not fence it.
            var certificate = context.GetHttpContext().Connection.ClientCertificate;
            if (trust.Refusal(certificate, edge, hello.Station) is { } refusal)
                throw Refusal.Certificate(refusal, StatusCode.PermissionDenied);
            using var watch = trust.Watch(certificate);
            await TalkAsync(hello, requestStream, responseStream, watch, context.CancellationToken);
        }
        catch (Refusal e)
        {
            throw Refused(edge, e);
        }
        // What is no message of the contract, or a message too large, ends in the reader.
        catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted)
        {
            throw Refused(edge, Refusal.Size($"a message has more than {IngestLimits.MessageBytes} bytes"));
        }
        catch (Google.Protobuf.InvalidProtocolBufferException e)
        {
            throw Refused(edge, Refusal.Order($"a message is none of the contract: {e.Message}"));
        }
        finally
        {
            Scope.Leave();
        }
    }

    private async Task<Hello> HelloAsync(IAsyncStreamReader<Up> up, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Scope.Limits.Hello);
        try
        {
            if (!await up.MoveNext(patience.Token) || up.Current.Hello is not { } hello)
                throw Refusal.Hello("the first message must be a Hello that names its edge");
            if (!EdgeName().IsMatch(hello.Edge)) throw Refusal.Hello("Hello.edge must be 1 to 64 letters, digits, dots, _ and -");
            return StationName().IsMatch(hello.Station)
                ? hello
                : throw Refusal.Hello("Hello.station must be 1 to 32 small letters, digits and -");
        }
        catch (Exception e) when ((e is OperationCanceledException or IOException) && !cancellationToken.IsCancellationRequested)
        {
            throw Refusal.Silence("a Hello", Scope.Limits.Hello);
        }
    }

    private async Task TalkAsync(
        Hello hello, IAsyncStreamReader<Up> up, IServerStreamWriter<Down> down, TrustWatch watch, CancellationToken cancellationToken)
    {
        var fenced = fence.Enter(hello.Edge, hello.Epoch, out var isClone);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Scope.Stopping, fenced, watch.Lost);
        LogConnected(hello.Edge, hello.Epoch);
        if (isClone)
        {
            Scope.Metrics.Cloned();
            LogCloned(hello.Edge, hello.Epoch);
        }
        try
        {
            using var stream = new EdgeStream(hello, parts, stop);
            await stream.RunAsync(up, down);
        }
        catch (OperationCanceledException) when (fenced.IsCancellationRequested)
        {
            LogFenced(hello.Edge);
            throw new RpcException(new RpcStatus(StatusCode.Aborted, "a newer stream of this edge took over"));
        }
        catch (OperationCanceledException) when (watch.Fault is not null)
        {
            throw Refusal.Certificate(watch.Fault, StatusCode.Unauthenticated);
        }
        catch (OperationCanceledException) when (Scope.Stopping.IsCancellationRequested)
        {
            throw new RpcException(new RpcStatus(StatusCode.Unavailable, "stopping"));
        }
        catch (StoreUnavailableException e)
        {
            LogStoreUnavailable(hello.Edge, e.Message);
            throw new RpcException(new RpcStatus(StatusCode.Unavailable, "the store is not available"));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            LogLost(hello.Edge);
        }
        finally
        {
            fence.Leave(hello.Edge, fenced);
        }
    }

    private RpcException Refused(string edge, Refusal refusal)
    {
        LogRefused(edge, refusal.Message);
        Scope.Metrics.Refused(refusal.Word);
        return new(new RpcStatus(refusal.Status, refusal.Message));
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex EdgeName();

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex StationName();
}
