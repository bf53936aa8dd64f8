using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirIsland.Cloud.Access;

/// <summary>What the files of <see cref="TlsOptions"/> held at one moment.</summary>
internal sealed class TlsFiles : IDisposable
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly X509Certificate2Collection _between = [];
    private readonly X509Certificate2 _own;
    private readonly RevocationLists _revoked;

    private TlsFiles(string texts, X509Certificate2 own, RevocationLists revoked)
    {
        Texts = texts;
        _own = own;
        _revoked = revoked;
    }

    /// <summary>The files' content, to tell a change.</summary>
    public string Texts { get; }

    /// <summary>The hosts that the cloud's certificate is for, as a Host header writes them.</summary>
    public IEnumerable<string> Hosts => _own.Extensions.OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => $"{a}")))
        .Select(h => h.Contains(':', StringComparison.Ordinal) ? $"[{h}]" : h);

    /// <summary>The cloud's certificate as it is shown.</summary>
    public SslStreamCertificateContext Shown => SslStreamCertificateContext.Create(_own, _between, offline: true);

    /// <summary>Null when the files cannot be used; then <paramref name="fault"/> says why.</summary>
    public static TlsFiles? TryRead(TlsOptions options, out string fault)
    {
        fault = "";
        var file = "";
        try
        {
            var (certificate, key) = (Text(options.Certificate, out file), Text(options.Key, out file));
            var (clientCa, revoked) = (Text(options.ClientCa, out file), Text(options.Revoked, out file));
            var lists = RevocationLists.Read(revoked);
            file = options.Certificate;
            var own = X509Certificate2.CreateFromPem(certificate, key);
            var files = new TlsFiles(string.Join('\0', certificate, key, clientCa, revoked), own, lists);
            files._between.ImportFromPem(certificate);
            file = options.ClientCa;
            files._authorities.ImportFromPem(clientCa);
            if (files._authorities.Count > 0) return files;
            fault = $"{options.ClientCa} has no certificate in it";
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or FormatException)
        {
            fault = $"{file} cannot be used: {e.Message}";
        }
        return null;
    }

    /// <summary>Why an edge's certificate is not accepted now; null when it is.</summary>
    public string? Fault(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.ExtraStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2", "client authentication"));
        if (!chain.Build(certificate))
            return string.Join("; ", chain.ChainStatus.Select(s => $"{s.Status}: {s.StatusInformation.Trim()}").Distinct());
        return chain.ChainElements.Any(e => _revoked.Contains(e.Certificate)) ? "Revoked" : null;
    }

    public void Dispose()
    {
        _own.Dispose();
        foreach (var certificate in _authorities.Concat(_between)) certificate.Dispose();
    }

    private static string Text(string path, out string file)
    {
        file = path;
        return path.Length == 0 ? "" : File.ReadAllText(path);
    }
}
