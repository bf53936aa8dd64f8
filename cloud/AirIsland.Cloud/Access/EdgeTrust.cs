using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace AirIsland.Cloud.Access;

/// <summary>Which certificates of edges are accepted. An edge is who its certificate names. Thread-safe.</summary>
public sealed partial class EdgeTrust(IOptions<CloudOptions> options, CloudMetrics metrics, ILogger<EdgeTrust> logger) : IDisposable
{
    private readonly TlsOptions _options = options.Value.Tls;
    private readonly Dictionary<string, string[]> _edges = options.Value.Edges;
    private readonly Lock _gate = new();
    private TlsFiles? _files;
    private string? _fault;

    /// <summary>The hosts that the cloud's certificate is for.</summary>
    public IEnumerable<string> Hosts => _options.IsOn ? Files().Hosts : [];

    /// <summary>How a connection to the gRPC listener is secured. Who is refused is logged with the reason, and counted.</summary>
    public ValueTask<SslServerAuthenticationOptions> SecureAsync(TlsHandshakeCallbackContext context)
    {
        var from = context.Connection.RemoteEndPoint;
        return new(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Files().Shown,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = true,
            // A resumed session would show the certificates of an earlier day.
            AllowTlsResume = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                var fault = Fault(certificate as X509Certificate2);
                if (fault is null) return true;
                LogNoConnection(from, certificate?.Subject ?? "nobody", fault);
                metrics.Refused("certificate");
                return false;
            },
        });
    }

    /// <summary>
    /// Why a caller may not speak as that edge for that station; null when it may. Without TLS everybody on this machine may.
    /// </summary>
    public string? Refusal(X509Certificate2? certificate, string edge, string station)
    {
        if (!_options.IsOn) return null;
        var names = Names(certificate).ToArray();
        if (!names.Contains(edge, StringComparer.Ordinal)) return $"the certificate is of '{string.Join("', '", names)}', not of '{edge}'";
        return _edges.TryGetValue(edge, out var stations) && stations.Contains(station, StringComparer.Ordinal)
            ? null
            : $"edge '{edge}' is not registered for station '{station}': Cloud:Edges does not say so";
    }

    /// <summary>Looks at a certificate again and again while its stream lives: time passes, and certificates are revoked.</summary>
    public TrustWatch Watch(X509Certificate2? certificate) => new(() => _options.IsOn ? Fault(certificate) : null, _options.JudgeEvery);

    public void Dispose() => _files?.Dispose();

    private string? Fault(X509Certificate2? certificate) => certificate is null ? "no certificate was shown" : Files().Fault(certificate);

    private static IEnumerable<string> Names(X509Certificate2? certificate)
    {
        if (certificate is null) return [];
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames());
        return alternatives.Prepend(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)).Distinct(StringComparer.Ordinal);
    }

    // What was read before stays in use when the files cannot be: one may be half-written.
    private TlsFiles Files()
    {
        lock (_gate)
        {
            if (TlsFiles.TryRead(_options, out var fault) is { } read)
            {
                if (_files is not null && read.Texts != _files.Texts) LogChanged();
                // The one before may still be in use by a handshake: it is left to the finalizer.
                if (read.Texts != _files?.Texts) _files = read;
                else read.Dispose();
                _fault = null;
            }
            else if (_fault != fault)
            {
                _fault = fault;
                LogKept(fault);
            }
            return _files ?? throw new InvalidOperationException(_fault);
        }
    }
}
