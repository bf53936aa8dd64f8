using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirIsland.Edge.Uplink;

/// <summary>What the edge shows the cloud, and whom it trusts, as read from its files at one moment.</summary>
internal sealed class LinkCertificates : IDisposable
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly X509Certificate2Collection _between = [];

    private LinkCertificates(string texts) => Texts = texts;

    /// <summary>Null when none is shown.</summary>
    public X509Certificate2? Own { get; private init; }

    /// <summary>The files' content, to tell a change.</summary>
    public string Texts { get; }

    /// <summary>Null when the files cannot be used; then <paramref name="fault"/> says why.</summary>
    public static LinkCertificates? TryRead(UplinkTls files, out string fault)
    {
        fault = "";
        var file = "";
        try
        {
            var (ca, certificate, key) = (Text(files.Ca, out file), Text(files.Certificate, out file), Text(files.Key, out file));
            file = files.Certificate;
            var read = new LinkCertificates($"{ca}\0{certificate}\0{key}")
            {
                Own = certificate.Length == 0 ? null : X509Certificate2.CreateFromPem(certificate, key),
            };
            read._between.ImportFromPem(certificate);
            file = files.Ca;
            read._authorities.ImportFromPem(ca);
            if (ca.Length == 0 || read._authorities.Count > 0) return read;
            fault = $"{file} has no certificate in it";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            fault = $"{file} cannot be used: {e.Message}";
        }
        return null;
    }

    /// <summary>Whether the own certificate has that name, as its common name or as an alternative one.</summary>
    public bool Names(string edge)
    {
        var alternatives = Own?.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames()) ?? [];
        return Own?.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == edge || alternatives.Contains(edge, StringComparer.Ordinal);
    }

    /// <summary>How a connection is secured. The name of the cloud's certificate must be that of its address.</summary>
    public SslClientAuthenticationOptions Secure()
    {
        var options = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            // A resumed session would show the certificates of an earlier day.
            AllowTlsResume = false,
        };
        if (Own is { } own) options.ClientCertificateContext = SslStreamCertificateContext.Create(own, _between, offline: true);
        if (_authorities.Count > 0)
        {
            options.CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }
        return options;
    }

    public override string ToString() => Own is null
        ? "no certificate is shown"
        : $"own certificate {Own.Subject}, valid from {Own.NotBefore.ToUniversalTime():u} to {Own.NotAfter.ToUniversalTime():u}";

    public void Dispose()
    {
        Own?.Dispose();
        foreach (var certificate in _authorities.Concat(_between)) certificate.Dispose();
    }

    private static string Text(string path, out string file)
    {
        file = path;
        return path.Length == 0 ? "" : File.ReadAllText(path);
    }
}
