using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirIsland.Edge.Metering;

/// <summary>
/// What proves edge and broker to each other, read from the files that <see cref="BrokerOptions"/> names. Read anew for each connection:
/// what was renewed needs no restart. Nothing of it is ever logged.
/// </summary>
public sealed class BrokerSecrets : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int LongestPassword = 65_535;

    private readonly BrokerOptions _broker;
    private readonly X509Certificate2Collection _roots = [];
    private bool _isMet;

    private BrokerSecrets(BrokerOptions broker) => _broker = broker;

    /// <summary>The edge's own certificate with its key; null when none is set.</summary>
    public X509Certificate2? Certificate { get; private set; }

    /// <summary>Null when none is set.</summary>
    public byte[]? Password { get; private set; }

    /// <summary>Why the broker's certificate was refused; null when it was not.</summary>
    public string? Refusal { get; private set; }

    /// <exception cref="AuthenticationException">A file is missing or holds something else; names the file and its setting.</exception>
    public static BrokerSecrets Load(BrokerOptions broker)
    {
        ArgumentNullException.ThrowIfNull(broker);
        var secrets = new BrokerSecrets(broker);
        if (broker.ServerCa is { } ca) Read(nameof(broker.ServerCa), ca, secrets._roots.ImportFromPemFile);
        if (broker.ServerCa is { } empty && secrets._roots.Count == 0)
            throw new AuthenticationException($"{nameof(broker.ServerCa)} {empty} holds no certificate");
        if (broker.Certificate is { } own)
            Read(nameof(broker.Certificate), own, f => secrets.Certificate = X509Certificate2.CreateFromPemFile(f, broker.Key));
        if (broker.PasswordFile is { } file) Read(nameof(broker.PasswordFile), file, f => secrets.Password = ReadPassword(f));
        return secrets;
    }

    /// <summary>Whether that is the broker: its name is right, and an authority vouches that is set, or that this machine trusts.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        Refusal = certificate is null ? "the broker showed no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"the broker's certificate is not for '{_broker.Host}'"
            : _roots.Count > 0 ? WhyUntrusted(certificate, sent)
            : errors != SslPolicyErrors.None ? "no authority that this machine trusts vouches for the broker's certificate" : null;
        _isMet = Refusal is null;
        return _isMet;
    }

    /// <summary>
    /// What may be wrong with the edge's own certificate, to be said beside a failure: a broker that does not accept it ends the connection
    /// without a word. Null when the broker was not met at all.
    /// </summary>
    public string? WhyRefused() => !_isMet ? null
        : Certificate is null ? $"the broker may want a certificate, and no {nameof(BrokerOptions.Certificate)} is set"
        : $"the broker may not accept {_broker.Certificate}: of {Certificate.Subject}, issued by {Certificate.Issuer}, "
            + $"valid from {Certificate.NotBefore:u} to {Certificate.NotAfter:u}, revoked or not";

    public void Dispose()
    {
        Certificate?.Dispose();
        foreach (var root in _roots) root.Dispose();
        if (Password is not null) CryptographicOperations.ZeroMemory(Password);
    }

    private string? WhyUntrusted(X509Certificate certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var copy = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        if (chain.Build(copy)) return null;
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status);
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? $"the broker's certificate is valid from {copy.NotBefore:u} to {copy.NotAfter:u}"
            : $"no authority in {_broker.ServerCa} vouches for the broker's certificate ({status})";
    }

    private static byte[] ReadPassword(string file)
    {
        using var stream = File.OpenRead(file);
        if (stream.Length is 0 or > LongestPassword) throw new CryptographicException($"1 to {LongestPassword} bytes are wanted");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        // A line's end, as every editor leaves it, is no part of it.
        var password = bytes.AsSpan().TrimEnd("\r\n"u8).ToArray();
        CryptographicOperations.ZeroMemory(bytes);
        return password;
    }

    private static void Read(string setting, string file, Action<string> read)
    {
        try
        {
            read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AuthenticationException($"{setting} {file} cannot be read: {e.Message}");
        }
    }
}
