using System.Collections.Concurrent;
using System.Net;
using AirIsland.Proto.Telemetry.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Edge.Tests.Uplink;

/// <summary>
/// A gRPC server that keeps the contract of <c>telemetry.proto</c> and, where a test says so, answers in one of the other ways that the
/// contract allows.
/// </summary>
internal sealed class ScriptedCloud : Telemetry.TelemetryBase, IAsyncDisposable
{
    private WebApplication _app;
    private readonly Lock _gate = new();
    private volatile bool _refuses;
    private readonly List<Batch> _stored = [];
    private readonly Dictionary<(ulong Epoch, Lane Lane), Watermark> _marks = [];

    private readonly Action<ListenOptions> _listening;

    private ScriptedCloud(Action<ListenOptions> listening)
    {
        _listening = listening;
        _app = Build(0);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>What each conversation began with, and when.</summary>
    public ConcurrentQueue<(Hello Hello, long At)> Hellos { get; } = new();

    /// <summary>The serial number of the certificate that each conversation came with.</summary>
    public ConcurrentQueue<string> Certificates { get; } = new();

    /// <summary>Every batch that came, in order, whatever became of it.</summary>
    public ConcurrentQueue<Batch> Received { get; } = new();

    /// <summary>Every catalogue that came, in order.</summary>
    public ConcurrentQueue<Catalogue> Catalogues { get; } = new();

    /// <summary>Says something else than a welcome: throws, or waits until the call ends.</summary>
    public Func<Hello, CancellationToken, Task> Welcoming { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What to answer to a batch; null: nothing.</summary>
    public Func<Batch, Status?> Answering { get; set; } = _ => Status.Stored;

    /// <summary>Called after a batch was stored and before the answer; throws to lose the answer.</summary>
    public Action<Batch> Answered { get; set; } = _ => { };

    /// <summary>May change an answer before it goes out.</summary>
    public Action<Ack> Saying { get; set; } = _ => { };

    /// <summary>Called before each message is taken from the stream.</summary>
    public Func<Task> Reading { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<Batch> Stored
    {
        get
        {
            lock (_gate) return [.. _stored];
        }
    }

    /// <summary>On a free port of this machine; <paramref name="listening"/> may add TLS.</summary>
    public static async Task<ScriptedCloud> StartAsync(Action<ListenOptions>? listening = null)
    {
        var cloud = new ScriptedCloud(listening ?? (_ => { }));
        await cloud._app.StartAsync();
        var addresses = cloud._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        cloud.Address = new(Assert.Single(addresses?.Addresses ?? []));
        return cloud;
    }

    /// <summary>
    /// Stops as a server does, which tells its clients first (GOAWAY) and then ends what still runs, and starts again with what it stored.
    /// </summary>
    public async Task RestartAsync()
    {
        using (var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300))) await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
        _app = Build(Address.Port);
        await _app.StartAsync();
    }

    /// <summary>Ends the conversation that runs, at its next batch.</summary>
    public void RefuseOnce() => _refuses = true;

    /// <summary>As if put back from a backup that holds only the first batches.</summary>
    public void RestoreTo(int batches)
    {
        lock (_gate)
        {
            _stored.RemoveRange(batches, _stored.Count - batches);
            _marks.Clear();
            foreach (var batch in _stored) Mark(batch);
        }
    }

    public override async Task Stream(
        IAsyncStreamReader<Up> requestStream, IServerStreamWriter<Down> responseStream, ServerCallContext context)
    {
        Assert.True(await requestStream.MoveNext(context.CancellationToken));
        var hello = requestStream.Current.Hello;
        Hellos.Enqueue((hello, TimeProvider.System.GetTimestamp()));
        if (context.GetHttpContext().Connection.ClientCertificate is { } shown) Certificates.Enqueue(shown.SerialNumber);
        await Welcoming(hello, context.CancellationToken);
        var welcome = new Welcome { Credit = 8, CatalogueWanted = false };
        lock (_gate) welcome.Watermarks.AddRange(_marks.Values.Where(m => m.Epoch == hello.Epoch));
        await responseStream.WriteAsync(new Down { Welcome = welcome });
        while (true)
        {
            await Reading().WaitAsync(context.CancellationToken);
            if (!await requestStream.MoveNext(context.CancellationToken)) return;
            if (_refuses)
            {
                _refuses = false;
                throw new RpcException(new(StatusCode.Unavailable, "broken"));
            }
            if (requestStream.Current.Catalogue is { } catalogue) Catalogues.Enqueue(catalogue);
            if (requestStream.Current.Batch is not { } batch || Take(batch) is not { } ack) continue;
            Saying(ack);
            await responseStream.WriteAsync(new Down { Ack = ack });
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            _listening(listen);
        }));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        var app = builder.Build();
        app.MapGrpcService<ScriptedCloud>();
        return app;
    }

    private Ack? Take(Batch batch)
    {
        Received.Enqueue(batch);
        var answer = Answering(batch);
        lock (_gate)
        {
            // What an earlier answer refused holds back what follows it, as in the journal.
            var last = _marks.GetValueOrDefault((batch.Epoch, batch.Lane))?.Sequence ?? 0;
            if (answer is Status.Stored && batch.Sequence > last + 1) answer = Status.Retry;
            if (answer is Status.Stored && batch.Sequence > last) _stored.Add(batch);
            if (answer is Status.Stored or Status.Rejected) Mark(batch);
        }
        if (answer is Status.Stored) Answered(batch);
        return answer is { } status
            ? new Ack { Epoch = batch.Epoch, Lane = batch.Lane, Sequence = batch.Sequence, Status = status, Reason = "scripted" }
            : null;
    }

    private void Mark(Batch batch) => _marks[(batch.Epoch, batch.Lane)] = new Watermark
    {
        Epoch = batch.Epoch,
        Lane = batch.Lane,
        Sequence = batch.Sequence,
        Crc32C = batch.Crc32C,
    };
}
