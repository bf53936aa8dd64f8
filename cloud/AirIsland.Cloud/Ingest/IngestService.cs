using AirIsland.Cloud.Stations;
using AirIsland.Proto.Telemetry.V1;
using AirIsland.Storage.Telemetry;
using Grpc.Core;

namespace AirIsland.Cloud.Ingest;

/// <summary>
/// The ingester: journal first, then the acknowledgement, then, beside it, the station. A station that fails or is slow never holds an
/// acknowledgement back.
/// </summary>
public sealed partial class IngestService(
    ITelemetryStore store, StationFeed feed, EdgeFence fence, IngestScope scope, ILogger<IngestService> logger) : Telemetry.TelemetryBase
{
    public override async Task Stream(
        IAsyncStreamReader<Up> requestStream, IServerStreamWriter<Down> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Hello is not { Edge.Length: > 0 } hello)
            throw new RpcException(
                new Grpc.Core.Status(StatusCode.InvalidArgument, "the first message must be a Hello that names its edge"));

        // Before anything else: who is not this edge must not fence it.
        var certificate = context.GetHttpContext().Connection.ClientCertificate;
        if (scope.Trust.Refusal(certificate, hello.Edge, hello.Station) is { } refusal)
            throw Refused(hello.Edge, refusal, StatusCode.PermissionDenied);

        using var watch = scope.Trust.Watch(certificate);
        var fenced = fence.Enter(hello.Edge);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, scope.Stopping, fenced, watch.Lost);
        LogConnected(hello.Edge, hello.Epoch);
        try
        {
            await new EdgeStream(hello, store, feed, scope, stop).RunAsync(requestStream, responseStream);
        }
        catch (OperationCanceledException) when (fenced.IsCancellationRequested)
        {
            LogFenced(hello.Edge);
            throw new RpcException(new Grpc.Core.Status(StatusCode.Aborted, "a newer stream of this edge took over"));
        }
        catch (OperationCanceledException) when (watch.Fault is not null)
        {
            throw Refused(hello.Edge, watch.Fault, StatusCode.Unauthenticated);
        }
        catch (OperationCanceledException) when (scope.Stopping.IsCancellationRequested)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "stopping"));
        }
        catch (StoreUnavailableException e)
        {
            LogStoreUnavailable(hello.Edge, e.Message);
            throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "the store is not available"));
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

    private RpcException Refused(string edge, string reason, StatusCode status)
    {
        LogRefused(edge, reason);
        scope.Metrics.Refused();
        return new(new Grpc.Core.Status(status, reason));
    }
}
