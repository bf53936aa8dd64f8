using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>A certificate authority of a test: its own certificate, those it signs, and its list of revoked ones, as PEM files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TempFolder _folder;
    private readonly string _name;
    private readonly X509Certificate2 _own;
    private readonly CertificateRevocationListBuilder _revoked = new();
    private byte _serial;

    public TestAuthority(TempFolder folder, string name)
    {
        (_folder, _name) = (folder, name);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _own = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
        File.WriteAllText(CaFile, _own.ExportCertificatePem());
        WriteRevoked();
    }

    public string CaFile => _folder.File($"{_name}.ca.pem");

    public string RevokedFile => _folder.File($"{_name}.crl.pem");

    /// <summary>Files of a certificate and its key; <paramref name="host"/> is the name of a server's, none that of a client's.</summary>
    public (string Certificate, string Key) Sign(string subject, string? host = null, int validFor = 10, bool isRevoked = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        var purpose = new Oid(host is null ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1");
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([purpose], true));
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }
        byte[] serial = [1, ++_serial];
        using var signed = request.Create(_own, Now.AddDays(-20), Now.AddDays(validFor), serial);
        if (isRevoked) _revoked.AddEntry(serial, Now.AddDays(-1));
        WriteRevoked();
        var (certificate, keyFile) = (_folder.File($"{_name}.{_serial}.pem"), _folder.File($"{_name}.{_serial}.key"));
        File.WriteAllText(certificate, signed.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificate, keyFile);
    }

    public void Dispose() => _own.Dispose();

    private void WriteRevoked()
    {
        var list = _revoked.Build(_own, 1, Now.AddDays(10), HashAlgorithmName.SHA256, thisUpdate: Now.AddDays(-2));
        File.WriteAllText(RevokedFile, new string(PemEncoding.Write("X509 CRL", list)));
    }
}
