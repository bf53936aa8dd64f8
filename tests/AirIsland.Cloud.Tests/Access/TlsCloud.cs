using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AirIsland.Cloud.Access;
using AirIsland.Proto.Telemetry.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AirIsland.Cloud.Tests.Access;

/// <summary>A cloud with certificates of a test authority, and edges that call it with any. What it logs is kept.</summary>
public sealed class TlsCloud : IAsyncLifetime, ILoggerProvider
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-tls-").FullName;
    private static readonly string[] Registered =
    [
        "edge-1", "edge-2", "edge-3", "short", "second-1", "import-logger", "second-2",
        .. Enumerable.Range(0, 6).Select(n => $"stolen-{n}"),
    ];

    private readonly int[] _ports = CloudHost.FreePorts(4);
    private readonly ConcurrentQueue<string> _log = new();
    private WebApplication? _app;

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public IEnumerable<string> Log => _log;

    public TestAuthority Authority { get; private set; } = null!;

    public Uri Address => new($"https://localhost:{_ports[1]}");

    public Uri Pages => new($"http://127.0.0.1:{_ports[0]}");

    public async Task InitializeAsync()
    {
        Authority = new(PathOf("pki"), Now);
        Authority.IssueCloud(["localhost", "127.0.0.1", "cloud.example"], TimeSpan.FromDays(1));
        Authority.IssueEdge("nobody", TimeSpan.FromDays(1));
        Authority.Revoke("nobody");
        _app = CloudApp.Build(
            [
                $"--Cloud:Data={PathOf("data")}", $"--Cloud:HttpPort={_ports[0]}", $"--Cloud:GrpcPort={_ports[1]}",
                $"--Cloud:SiloPort={_ports[2]}", $"--Cloud:GatewayPort={_ports[3]}", "--Logging:LogLevel:Default=Warning",
                $"--Cloud:Tls:Certificate={PathOf("pki/cloud.pem")}", $"--Cloud:Tls:Key={PathOf("pki/cloud.key")}",
                $"--Cloud:Tls:ClientCa={PathOf("pki/ca.pem")}", $"--Cloud:Tls:Revoked={PathOf("pki/revoked.crl")}",
                "--Cloud:Tls:JudgeEvery=00:00:01", "--Cloud:Edges:elsewhere:0=other-station",
                .. Registered.Select(edge => $"--Cloud:Edges:{edge}:0=moushan"),
            ],
            builder => builder.Services.AddSingleton<ILoggerProvider>(this));
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        Directory.Delete(_directory, recursive: true);
    }

    public string PathOf(string file) => Path.Combine(_directory, file);

    /// <summary>The certificate of an edge in the directory of an authority.</summary>
    public X509Certificate2 Certificate(string edge, string authority = "pki") =>
        X509Certificate2.CreateFromPemFile(PathOf($"{authority}/{edge}.pem"), PathOf($"{authority}/{edge}.key"));

    /// <summary>A client that shows that certificate, or none, and trusts the authority of the cloud.</summary>
    public HttpClient Client(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = Trust() } };
        if (certificate is not null)
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return new(handler)
        {
            BaseAddress = Address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    /// <summary>The serial number of the certificate that the cloud shows.</summary>
    public async Task<string> ShownAsync()
    {
        var serial = "";
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, Address.Port);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            {
                serial = shown?.GetSerialNumberString() ?? "";
                // Its authority is not asked here.
                return errors == SslPolicyErrors.RemoteCertificateChainErrors;
            },
        });
        return serial;
    }

    /// <summary>Opens a stream and says Hello as that edge; gives the stream and the answer.</summary>
    public async Task<(AsyncDuplexStreamingCall<Up, Down> Call, Down? Answer)> HelloAsync(
        string edge, X509Certificate2? certificate, string station = "moushan")
    {
        var channel = GrpcChannel.ForAddress(Address, new() { HttpClient = Client(certificate), DisposeHttpClient = true });
        var call = new Telemetry.TelemetryClient(channel).Stream(deadline: Now.AddSeconds(30).UtcDateTime);
        await call.RequestStream.WriteAsync(new Up { Hello = new Hello { Edge = edge, Station = station, Epoch = 7 } });
        return (call, await call.ResponseStream.MoveNext(default) ? call.ResponseStream.Current : null);
    }

    private X509ChainPolicy Trust() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(PathOf("pki/ca.pem")) },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Lines(_log);

    void IDisposable.Dispose()
    {
    }

    private sealed class Lines(ConcurrentQueue<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Enqueue(formatter(state, exception));
        }
    }
}
