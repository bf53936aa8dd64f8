using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirIsland.Cloud.Access;

/// <summary>
/// A small authority for one directory, to try the link with certificates: <c>ca.pem</c> and <c>ca.key</c> are made once, then certificates
/// of clouds and edges as <c>NAME.pem</c> and <c>NAME.key</c>, and <c>revoked.crl</c>. Files are PEM; keys are P-256, readable for their
/// owner only.
/// </summary>
public sealed class TestAuthority
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    // Clocks differ: what is made now is valid for who is an hour behind.
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    private readonly string _directory;
    private readonly DateTimeOffset _now;
    private readonly X509Certificate2 _own;

    /// <summary>Opens the authority of a directory, or makes it for ten years from <paramref name="now"/>.</summary>
    public TestAuthority(string directory, DateTimeOffset now)
    {
        (_directory, _now) = (Directory.CreateDirectory(directory).FullName, now);
        if (!File.Exists(PathOf("ca.key"))) Make();
        _own = X509Certificate2.CreateFromPemFile(PathOf("ca.pem"), PathOf("ca.key"));
    }

    /// <summary>Certificate of an edge, whose id is its name.</summary>
    public void IssueEdge(string edge, TimeSpan validFor) => IssueEdge(edge, _now - Slack, _now + validFor);

    public void IssueEdge(string edge, DateTimeOffset from, DateTimeOffset to) =>
        Issue(edge, edge, ClientUse, names => names.AddDnsName(edge), from, to);

    /// <summary>Certificate of a cloud, for the names and addresses by which edges call it.</summary>
    public void IssueCloud(IEnumerable<string> hosts, TimeSpan validFor) =>
        Issue("cloud", "AirIsland cloud", ServerUse, names => Add(names, hosts), _now - Slack, _now + validFor);

    /// <summary>Puts the certificate of an edge on the revocation list.</summary>
    public void Revoke(string edge)
    {
        var file = PathOf("revoked.crl");
        var number = BigInteger.Zero;
        var list = File.Exists(file) ? CertificateRevocationListBuilder.LoadPem(File.ReadAllText(file), out number) : new();
        using var revoked = X509CertificateLoader.LoadCertificateFromFile(PathOf($"{edge}.pem"));
        list.AddEntry(revoked, _now);
        var built = list.Build(_own, number + 1, _now.AddYears(1), HashAlgorithmName.SHA256, thisUpdate: _now);
        Write("revoked.crl", PemEncoding.WriteString("X509 CRL", built), isSecret: false);
    }

    private static void Add(SubjectAlternativeNameBuilder names, IEnumerable<string> hosts)
    {
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
        }
    }

    private void Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Revocation lists name their authority: no two may have one name.
        var name = $"CN=AirIsland test authority {_now:yyyy-MM-dd} {RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(_now - Slack, _now.AddYears(10));
        Write("ca.pem", certificate.ExportCertificatePem(), isSecret: false);
        Write("ca.key", key.ExportPkcs8PrivateKeyPem(), isSecret: true);
    }

    private void Issue(
        string file, string name, Oid use, Action<SubjectAlternativeNameBuilder> naming, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}"), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        naming(names);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([use], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_own, true, false));
        using var certificate = request.Create(_own, from, to, RandomNumberGenerator.GetBytes(16));
        // The key first: a reader that finds the new certificate with the old key keeps what it has, and looks again.
        Write($"{file}.key", key.ExportPkcs8PrivateKeyPem(), isSecret: true);
        Write($"{file}.pem", certificate.ExportCertificatePem(), isSecret: false);
    }

    // Never half-written under its name.
    private void Write(string file, string text, bool isSecret)
    {
        var part = PathOf($"{file}.part");
        File.Delete(part);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(part, options)) writer.WriteLine(text);
        File.Move(part, PathOf(file), overwrite: true);
    }

    private string PathOf(string file) => Path.Combine(_directory, file);
}
